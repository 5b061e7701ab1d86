#!/usr/bin/env python3
"""The words of which the syllable rule of io.solera.reward.text.words.Syllables counts wrongly, with the right number,
by CMUdict.

    syllables.py DATA [--check] > reward-udfs/src/main/resources/io/solera/reward/text/syllables.tsv

reads text_cmudict.zip and text_movie_reviews.zip of DATA. The table has the words that occur in the reviews and in
CMUdict (its first pronunciation) and on which the rule, the same as in Syllables.java, is wrong. --check prints how
often the rule is right instead.
"""

import collections
import os
import re
import sys
import zipfile

VOWELS = "aeiouy"
# long lines: the head of the table
NOTICE = """\
# Words with their numbers of syllables, where the rule of Syllables.java differs. Made by docs/reference/syllables.py from
# the Carnegie Mellon Pronouncing Dictionary, cmudict.0.7a: its words and numbers of syllables only.
#
# Copyright (C) 1993-2008 Carnegie Mellon University. All rights reserved.
#
# Redistribution and use in source and binary forms, with or without
# modification, are permitted provided that the following conditions
# are met:
#
# 1. Redistributions of source code must retain the above copyright
#    notice, this list of conditions and the following disclaimer.
#    The contents of this file are deemed to be source code.
#
# 2. Redistributions in binary form must reproduce the above copyright
#    notice, this list of conditions and the following disclaimer in
#    the documentation and/or other materials provided with the
#    distribution.
#
# This work was supported in part by funding from the Defense Advanced
# Research Projects Agency, the Office of Naval Research and the National
# Science Foundation of the United States of America, and by member
# companies of the Carnegie Mellon Sphinx Speech Consortium. We acknowledge
# the contributions of many volunteers to the expansion and improvement of
# this dictionary.
#
# THIS SOFTWARE IS PROVIDED BY CARNEGIE MELLON UNIVERSITY ``AS IS'' AND
# ANY EXPRESSED OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO,
# THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR
# PURPOSE ARE DISCLAIMED.  IN NO EVENT SHALL CARNEGIE MELLON UNIVERSITY
# NOR ITS EMPLOYEES BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
# SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
# LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
# DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
# THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
# (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
# OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
#
"""
# long lines end


def splits(word, start, end):
    """How many syllables more than one a run of vowels has."""
    before, after = word[start - 1 : start], word[end:]
    more = 0
    for i in range(start + 1, end):
        pair = word[i - 1 : i + 1]
        rest = word[i + 1 :]
        if pair == "ia":
            more += before not in ("c", "t") and not (before == "s" and rest == "n")
        elif pair == "io":
            more += not (before in ("c", "g", "s", "t", "x") and rest[:1] in ("n", "u"))
        elif pair in ("eo", "ii", "iu", "uo"):
            more += 1
        elif pair == "ua":
            more += before not in ("g", "q")
        elif pair == "ie":
            more += before not in ("c", "t") and rest[:2] in ("t", "ti", "ty", "nt", "nc")
        elif word[i - 1] == "y" and i - 1 > start:
            more += not (word[i] == "e" and rest in ("", "d", "s"))
        elif word[i] == "i" and rest.startswith("ng"):
            more += 1
    return more


def silent(word, end):
    """Whether the e before this place, alone between consonants, is mute."""
    rest = word[end:]
    last = word[end - 2]
    syllabic = last == "l" and word[end - 3 : end - 2] not in ("", *VOWELS)
    if rest == "d":
        return last not in ("d", "t") and not (syllabic and word[end - 3] != "l")
    if rest == "s":
        return last not in ("c", "g", "s", "x", "z") and word[end - 3 : end - 1] not in ("ch", "sh") and not syllabic
    return rest in ("", "ly", "less", "ness", "ful", "fully", "ment", "ments") and not syllabic


def syllables(word):
    contraction = re.search("[^aeiouyr]n't$", word) is not None
    word = word.replace("'", "")
    runs = [run.span() for run in re.finditer("[aeiouy]+", word)]
    count = 0
    for start, end in runs:
        if len(runs) > 1 and start > 0 and word[start:end] == "e" and silent(word, end):
            continue
        count += 1 + splits(word, start, end)
    count += word.endswith(("sm", "sms", "thm", "thms")) + contraction - word.endswith("ically")
    return max(1, count)


def main(data, check):
    with zipfile.ZipFile(os.path.join(data, "text_cmudict.zip")) as archive:
        lines = archive.read("cmudict/cmudict").decode("latin-1").splitlines()
    entries = [line.split() for line in lines]
    known = {e[0].lower(): sum(phone[-1].isdigit() for phone in e[2:]) for e in entries if e[1] == "1"}
    counts = collections.Counter()
    with zipfile.ZipFile(os.path.join(data, "text_movie_reviews.zip")) as archive:
        for name in archive.namelist():
            if name.endswith(".txt"):
                counts.update(re.findall("[a-z']+", archive.read(name).decode("latin-1")))
    counts = {word: n for word, n in counts.items() if word in known}
    wrong = sorted(word for word in counts if syllables(word) != known[word])
    if check:
        letters = [word for word in known if word.isalpha()]
        right = sum(n for word, n in counts.items() if syllables(word) == known[word])
        print(f"CMUdict: {sum(syllables(w) == known[w] for w in letters) / len(letters):.4f} of {len(letters)} words")
        print(
            f"reviews: {right / sum(counts.values()):.4f} of words in running text, {len(wrong)} of {len(counts)} wrong"
        )
        print(sorted(wrong, key=lambda word: -counts[word])[:80])
        return
    print(NOTICE + "\n".join(f"{word}\t{known[word]}" for word in wrong))


if __name__ == "__main__":
    main(sys.argv[1], "--check" in sys.argv)
