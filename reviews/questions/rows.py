"""审核意见 with what was asked and proposed: rows of their own kind between the verdicts, in the order in which all was said."""

from collections.abc import Iterator
from dataclasses import replace

from reviews.models import Question, Reply, ReviewedCase
from reviews.progress import OpinionRow, opinions_of
from reviews.questions.reading import Talk, talk_of

RESULTS = {  # kind → what the row of it, and that of its answer, is called
    Question.Kind.ASK: ("询问", "答复"),
    Question.Kind.SUGGEST: ("更正建议", "未接受更正"),
    Question.Kind.FIRM: ("企业询问", "答复企业"),
}


def said_of(case: ReviewedCase) -> list[OpinionRow]:
    """Every verdict, question, proposal and answer of all rounds, oldest first, numbered together."""
    talk = [row for one in talk_of(case) for row in rows_of(one)]
    if not talk:
        return opinions_of(case)
    rows = sorted([*opinions_of(case), *talk], key=lambda row: row.at)
    return [replace(row, sequence=number) for number, row in enumerate(rows, start=1)]


def rows_of(talk: Talk) -> Iterator[OpinionRow]:
    """A question and its answer; offices and firms alone are named."""
    question, turn, reply = talk.question, talk.turn, talk.reply
    asked, answered = RESULTS[Question.Kind(question.kind)]
    sides = (turn.unit_name, turn.office.name) if question.is_of_firm else (turn.office.name, turn.unit_name)

    def row(side: str, result: str, text: str, said: Question | Reply) -> OpinionRow:
        return OpinionRow(0, turn.round, turn.stage, side, result, text, said.at, is_verdict=False)

    yield row(sides[0], asked, question_words(question), question)
    if reply is not None:
        yield row(sides[1], "接受更正" if reply.accepted else answered, reply.text, reply)


def question_words(question: Question) -> str:
    """What is asked, and of what; what is proposed, and why."""
    if question.field:
        return f"{question.label}由“{question.before or '空'}”更正为“{question.after}”。\n{question.text}"
    return question.text + (f"\n涉及：{'、'.join(question.marked)}。" if question.marked else "")
