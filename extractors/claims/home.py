"""Whether words that name no state mean the home state's: «Đảng», «Thủ tướng» in a newspaper that is read at home."""

from collections import Counter

from extractors.claims.frames import Frame
from extractors.linking import HOME

# «học ở Mỹ»: a state named so often and no more is not what an article is about.
MENTIONS_IN_PASSING = 1


def means_home(frame: Frame) -> bool:
    """Whether «Đảng» or an office without a state is the home state's: no other state is what the text speaks of.

    Not where the sentence or one before it in the paragraph names another state, nor in an article that names another
    again and again, and more often than the home state («Đại hội Đảng lần thứ 18» in news of China).
    """
    if set(frame.states.codes()) - {HOME}:
        return False
    for states in frame.linker.before(frame.sentence):
        if states.sentence.paragraph != frame.sentence.paragraph:
            break
        if set(states.codes()) - {HOME}:
            return False
    named = Counter(mention.code for states in frame.linker.sentences for mention in states.mentions)
    return max(named.values(), default=0) <= max(named[HOME], MENTIONS_IN_PASSING)
