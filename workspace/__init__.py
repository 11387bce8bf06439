"""What a team keeps: `store` has what must survive a restart. Knows no page, and nothing of Streamlit."""
