"""Every threshold of the measures, once: what is shown, what is sure, what is enough to tell.

The formulas print these, so what is said is what is done. Imports nothing of ours.
"""

# A score
MIN_SHOWN = 10  # answers under which no score is shown, and no group compared
GREY_BELOW = 30  # answers under which a score is pale, and a finding not looked for
CHANCE_BELOW = 0.05  # p of a difference of two scores that is more than chance would explain
NEAR, NEAR_BELOW = 0.10, 0.05  # closer to nothing, on the scale of 1 for 100 points, is practically nothing; p of that
WORLD_CLASS, EXCELLENT = 70, 50  # as scores are commonly called
ROLLING_DAYS, FEWER_DAYS, MANY_ANSWERS = 90, 28, 100  # of a rolling point; fewer where those usually have so many

# Groups of people
PSEUDO_RESPONDENTS = 30  # average answers that are added to each group before groups are put in order
FLAG_BELOW = 0.10  # q of a group that differs from everyone else
APART_BELOW, MIN_DIFFERENCE = 0.10, 0.05  # q of what sets a selection apart, and the share by which it differs

# Features
MIN_SIDE = 20  # people on each side
FEWEST_FEATURES = 5  # from which on what is left of activity can be told
UNEXPLAINED = 0.10  # of what a comparison took away is left over for doubt
ROBUST_BELOW = 0.10  # q of a difference that holds
LEAST_LEFT = 0.10  # of the differences in use inside tiers: what quarter, role and plan do not explain of them
FEWEST_PEOPLE, FEWEST_SHARE = 20, 0.06  # of a level of quarter, role or plan that is looked at by itself
CLOSE = 0.3  # how alike two features are used before both are compared at once
HARDLY_USED = 0.02  # share of active people

# Findings
SURELY_BELOW = 0.01  # q of what is called sure; what is found and less sure is likely
SURE_BELOW, OWN_BELOW = 0.05, 0.05  # q of a finding; p against what it may be a part of
SMALLEST_POINTS, SMALLEST_SHARE = 5.0, 0.05
RECENT_DAYS = (90, 180)
FINDABLE_SHARE, POWER = 0.30, 0.80  # of people in the group that would have been found, and how often
HOTSPOT_BELOW = 0.05  # q of who stands in a corner of the map

# The weekly watch
BASELINE_WEEKS, MIN_WEEKS = 26, 5
SLACK, LIMIT = 0.5, 4.5  # standard errors
ENOUGH_WEEKS = 4  # after a warning, before the size of a change is told
MOSTLY = 0.5  # of a change, before it is called a change of who answered

# Surveys
TOO_SOON_DAYS = 90  # between two requests to a person
MIN_EXPECTED, HOLDS_BELOW = 5, 0.05  # answers expected just after use, and q of an occasion
MIN_ANSWERS, MIN_KIND_WEEKS = 30, 8  # of a survey whose kind its dates may tell
SOON_DAYS = 30  # between two answers of a person, for whom that is soon
BUSY_WEEKS, IN_BUSY_WEEKS, RARELY_SOON = 1 / 4, 0.8, 0.05  # shares of weeks, of answers and of people
PLANNED_FROM = 30  # answers at hand from which on a plan goes by them

# A release
MIN_CELL = 30  # answers of users and of others, before and after

# A campaign
MIN_ARM, WAIT_DAYS = 30, (30, 90, 180)  # answers of each side; days until an answer that is waited for alike

# Who is like a promoter
MIN_PEOPLE, MIN_CASES, MIN_PROOF = 200, 50, 30  # who answered; on each side; passives who answered again
MIN_AUC, MIN_GAIN = 0.60, 0.01  # of the rating, and more than that of activity alone

# Reasons
FEWEST_HOLD = 5  # people of both groups together who name it, before it is compared or a term is told
REASON_BELOW = 0.05  # q of what more of one group name
MOST_TERMS = 30  # that are shown
REPEATS = 0.80  # of a term's comments that hold another, before it only repeats that one
FEWEST_NAME = 3  # people who name a feature, before it is called hardly used
MIN_WRITERS = 10  # detractors and promoters who wrote something, before a finding is looked for
FEW_WRITERS = 100  # on a side, under which little can be found (power in docs/methods.md, check 23)

# How accounts and people stand
MIN_USUAL_USES, MIN_USUAL_PEOPLE = 5, 2  # in a week, from which on more or less of them is told
MIN_KNOWN_WEEKS, SEASON_FROM = 8, 30  # of the 13 that tell what is usual; accounts that tell a season
MIN_GROUP = 30  # accounts of the same plan and size, else of the same plan, that each is compared with
PRIOR_ANSWERS = 3  # average answers that are added to those of an account
FALLS_BY = 15  # points under what health usually is
SAID_DAYS, HEALTH_DAYS = 180, 365  # in which an answer tells how somebody stands; counts for health
HEAVY_FROM = 80  # percentile of activity before the last four weeks
MIN_LEARNED, MIN_FORETOLD, BETTER_Z = 20, 30, 1.645  # who left, to learn from, and foretold; how sure it beats the rule
MIN_DIVIDED, ONE_DECIDES = 3, 0.30  # people of a divided account; share of revenue from which on one account decides
MIN_BOTH, MIN_MAKERS = 10, 30  # accounts with both who decides and who uses; answers of each
MOST_MISSED, MISSED_FROM = 3, 0.5  # features that peers use and somebody does not; share of them that is told
MIN_PEERS = 10  # active people of the same role and group, else role, whom somebody is set against
