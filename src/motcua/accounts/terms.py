"""How long, how often, how many: the terms of the door."""

from datetime import timedelta

SESSION_LIFE = timedelta(hours=10)
HALF_LIFE = timedelta(minutes=10)  # between the password and the second factor
FRESH = timedelta(minutes=10)  # so long a sign-in stands for the password asked again
ATTEMPT_WINDOW = timedelta(minutes=15)
MOST_WRONG = 5
MOST_WRONG_PER_ADDRESS = 50
LONGEST_LOGIN = 200
SHORTEST_PASSWORD = 10
FORM_LIFE = timedelta(hours=1)
# The browser keeps a session's secret longer than it opens anything: a form posted after the end is still known
# as its owner's.
COOKIE_LIFE = SESSION_LIFE + FORM_LIFE
OFFER_LIFE = timedelta(minutes=30)  # an authenticator shown and not confirmed yet
CHALLENGE_LIFE = timedelta(hours=1)  # a sign-in page stands open for a while
RECOVERY_CODES = 10
MOST_PASSKEYS = 10
LONGEST_NAME = 60
SHORTEST_PIN, LONGEST_PIN = 6, 12
MOST_PEOPLE = 8  # at one browser
CITIZEN_LIFE = timedelta(hours=4)
CITIZEN_IDLE = timedelta(minutes=30)  # nobody has used it here for so long
ASKING_KEPT = timedelta(hours=1)  # an answer to a question of ten minutes is not taken twice
