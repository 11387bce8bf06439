"""Who did or did not do what, how often and when, who answered or named what: asked without SQL, wherever it lies.

`values` has the conditions, `windows` their times, `text` how they go into a link, `words` how they are told; `sets`
and `built` ask them of `tables` as Ibis expressions, and `places` of where the usage of a panel lies.
"""
