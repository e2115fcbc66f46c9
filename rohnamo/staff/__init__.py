"""Users of the mission, their roles, sign-in with a second factor, invitations."""
