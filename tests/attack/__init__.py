"""A reader who keeps everything a mission publishes, and calculates: can one person be worked out?"""
