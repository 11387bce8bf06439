"""What stands around the pages, and all that leans on Streamlit's insides: `tests/test_streamlit_contract.py` names it.

`guard` says who may talk to the server, `identity` who that is, and `login` lets people in as `settings` say; `uploads`
puts files on disk as they come, `place` is where they lie; `headers` and `errors` go with every answer. None of them
knows a page.
"""
