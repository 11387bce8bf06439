"""How accounts and people stand: whom health compares them with, and why they are on a list."""

SENTENCES = {
    "steps.step": "The step “{name}” needs a feature, one use or day or more, and one day or more to take it in.",
    "steps.named": "Another step is called “{name}” already.",
    "steps.onboarding": "An onboarding needs a step, and begins with joining or with the first use.",
    "measures.foretold": "What is foretold is one of {outcomes}, of people churn alone.",
    "measures.list": "Lists are {names}.",
    "measures.by_account": "The usage is kept by account: what single people use is not known.",
    "measures.by_steps": "Steps are compared by {outcomes}.",
    "measures.whom": "Newcomers of a step, by its number, are {names}.",
    "health.weights": "Weights of health are {n} whole numbers from 0 to {most}, with dots between them.",
    "after.churn.feature.less": "Fewer accounts that used {name} left than others like them: {points} points ({span}).",
    "after.churn.feature.more": "More accounts that used {name} left than others like them: {points} points ({span}).",
    "after.churn.reason.less": "Fewer accounts that named {name} left than others like them: {points} points ({span}).",
    "after.churn.reason.more": "More accounts that named {name} left than others like them: {points} points ({span}).",
    "after.expansion.feature.less": (
        "Fewer accounts that used {name} grew than others like them: {points} points ({span})."
    ),
    "after.expansion.feature.more": (
        "More accounts that used {name} grew than others like them: {points} points ({span})."
    ),
    "after.expansion.reason.less": (
        "Fewer accounts that named {name} grew than others like them: {points} points ({span})."
    ),
    "after.expansion.reason.more": (
        "More accounts that named {name} grew than others like them: {points} points ({span})."
    ),
    "after.counted": "As counted: {happened} of {accounts} against {others_happened} of {others}.",
    "after.share": "{share} ({n} of {of})",
    "after.nothing": (
        "The one that is compared holds against chance in no way; {points} points would usually have been found.",
        "None of the {n} that are compared holds against chance; {points} points would usually have been found.",
    ),
    "after.too_few.feature": (
        "No feature has {least} accounts that used it, and {least} that did not, by a day whose outcome is known."
    ),
    "after.too_few.reason": (
        "No reason has {least} accounts that named it, and {least} that wrote something else, by a day whose outcome "
        "is known."
    ),
    "watching.unreadable": "These settings of watching cannot be read.",
    "health.all": "among all",
    "health.plan": "among those with {plan}",
    "health.size": "among those with {plan}, in fifth {fifth} of 5 by size",
    "listed.fell": "use is {share:.0%} under what is usual",
    "listed.fewer_people": "{share:.0%} fewer people are active than usual",
    "listed.low": "the latest answer is a {score}",
    "listed.no_key": "no key feature is used",
    "listed.trouble": "a comment names trouble",
    "listed.grew": "use is {share:.0%} over what is usual",
    "listed.new_people": ("1 person is new", "{n} people are new"),
    "listed.seats": "{active} of {seats} seats are active",
    "listed.no_detractor": "answers of the last {days} days hold no detractor",
    "listed.calm": "little speaks for leaving",
    "listed.people": ("1 person is active", "{n} people are active"),
    "listed.days": ("somebody was active on 1 day of the last 14", "somebody was active on {n} days of the last 14"),
    "listed.key": "a key feature is used",
    "listed.onboarding": "{share:.0%} of onboarding is done",
    "listed.high": "the latest answer is a {score}",
    "listed.active": "more active than {percentile}% of others",
    "listed.love": "a comment names what is loved",
    "model.churn.few": (
        "1 more account that left is needed before a model can be tried.",
        "{n} more accounts that left are needed before a model can be tried.",
    ),
    "model.churn.weak": "A model of who left does not tell who will, so only the rule orders this list.",
    "model.churn.no_better": "A model of who left is no better than the rule, so only the rule orders this list.",
    "model.expansion.few": (
        "1 more account that grew is needed before a model can be tried.",
        "{n} more accounts that grew are needed before a model can be tried.",
    ),
    "model.expansion.weak": "A model of who grew does not tell who will, so only the rule orders this list.",
    "model.expansion.no_better": "A model of who grew is no better than the rule, so only the rule orders this list.",
    "signal.pace": "use against the past is lower than that of most",
    "signal.people": "active people against the past are fewer than those of most",
    "signal.breadth": "fewer features are used than by most",
    "signal.keys": "fewer key features are used than by most",
    "signal.active": "a smaller share of people is active than of most",
    "signal.score": "the latest answer is lower than that of most",
    "signal.trouble": "a comment names trouble",
    "signal.age": "how long it has been there",
    "signal.not.pace": "use against the past is higher than that of most",
    "signal.not.people": "active people against the past are more than those of most",
    "signal.not.breadth": "more features are used than by most",
    "signal.not.keys": "more key features are used than by most",
    "signal.not.active": "a larger share of people is active than of most",
    "signal.not.score": "the latest answer is higher than that of most",
    "signal.not.trouble": "no comment names trouble",
    "signal.no_pace": "too little is known of use in the past",
    "signal.no_people": "too little is known of active people in the past",
    "signal.no_breadth": "features used are not known",
    "signal.no_keys": "key features used are not known",
    "signal.no_active": "nobody was ever active",
    "signal.no_score": "nobody answered lately",
    "signal.no_trouble": "comments are not known",
    "signal.no_age": "it was there before the usage begins",
}
