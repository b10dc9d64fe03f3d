-- Days since the pair was bought.
-- unit: days
-- evidence: shoe_limit_days
-- unknown when: never
greatest(date_diff('day', bought_on, day), 0)
