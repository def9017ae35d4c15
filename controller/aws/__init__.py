"""AWS as the ports of the controller ask for it: the only folder that imports an AWS library.

    session.py    one client per service and Region, in one place
    wire.py       one call, with the raw JSON of both bodies
    errors.py     a vendor's error, as one of ours
    retry.py      when a call is made again
    api.py        the four together: ask, and get an answer or an error of ours
    answer.py     an answer, whose required members cannot be missed in silence
    translate.py  from an answer to what decisions are made of

and one file for each port, or for each larger question that a port answers.
"""
