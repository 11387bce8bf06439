"""What to look at first, a line each: more or less than what it is compared with."""

SENTENCES = {
    "first.segment.more": "{segment} {value}: NPS {points:.0f} points above everyone else",
    "first.segment.less": "{segment} {value}: NPS {points:.0f} points below everyone else",
    "first.feature.more": "Users of {value}: NPS {points:.0f} points higher than others as active",
    "first.feature.less": "Users of {value}: NPS {points:.0f} points lower than others as active",
    "first.activity.more": "Most active quarter: NPS {points:.0f} points above the least active",
    "first.activity.less": "Most active quarter: NPS {points:.0f} points below the least active",
    "first.change.more": "{segment} {value}: NPS rose {points:.0f} points {when}",
    "first.change.less": "{segment} {value}: NPS fell {points:.0f} points {when}",
    "first.total.more": "NPS rose {points:.0f} points {when}",
    "first.total.less": "NPS fell {points:.0f} points {when}",
    "first.hotspot.more": "{hotspot}: {segment} {value} is more frequent, {share} of them",
    "first.hotspot.less": "{hotspot}: {segment} {value} is less frequent, {share} of them",
    "first.reason.more": "{name}: more often given by detractors",
    "first.reason.less": "{name}: more often given by promoters",
    "first.mention.more": "{value}: more often named by detractors",
    "first.mention.less": "{value}: more often named by promoters",
}
