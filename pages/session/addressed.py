"""What a page shows besides filters and region, as its address has it."""

# widget, its name in a link, where it starts; () holds several
VIEWS = {
    "": {"trend_step": ("step", "month")},
    "map": {
        **{"map_segment": ("by", None), "third_panel": ("panel", "features")},
        **{"map_features": ("feature", ())},
    },
    "segments": {
        **{"segment": ("by", None), "segment_view": ("view", "scores"), "persona": ("whose", None)},
        **{"persona_step": ("step", "quarter"), "around_event": ("event", None), "crossed": ("and", None)},
        **{"change_segment": ("part", ""), "change_days": ("days", None)},
    },
    "features": {
        **{"outcome": ("outcome", "score"), "feature_view": ("view", "decisions"), "feature": ("feature", None)},
        **{"feature_who": ("whose", "users"), "feature_segment": ("by", None)},
    },
    "accounts": {
        **{"account_list": ("list", "all"), "heavy_users": ("whom", None), "account_shown": ("account", None)},
    },
    "follow_up": {
        **{"follow_up_view": ("view", "inbox"), "inbox_whose": ("owner", "all"), "campaign_shown": ("campaign", None)},
        **{"campaign_view": ("part", "people"), "decided_of": ("what", "feature")},
    },
    "reasons": {"quotes_language": ("language", "")},
    "people": {
        **{"people_view": ("view", "list"), "onboarding_step": ("step", None)},
        **{"onboarding_whom": ("whom", "stopped"), "onboarding_outcome": ("outcome", "nps")},
        **{"metric_what": ("what", "people"), "metric_every": ("each", "week"), "metric_of": ("of", None)},
        **{"metric_by": ("by", None)},
    },
    "data": {"data_view": ("view", "sources")},
    "team": {"team_view": ("view", "users")},
}
