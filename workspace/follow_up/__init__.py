"""What is done about answers: campaigns, whom they may reach, tasks, and what was decided."""
