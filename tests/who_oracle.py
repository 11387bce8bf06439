"""The slow, obvious evaluation of conditions: a person at a time, a list of events, plain ifs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nps.who.values import Account, AllOf, Answered, AnyOf, Did, Is, Named, Not, Then, of_answers
from nps.who.windows import Before, Between, Joined, Last


@dataclass
class Person:
    """Who they are, what they used (dicts), what they answered (dicts)."""

    id: str
    facts: dict = field(default_factory=dict)
    events: list[dict] = field(default_factory=list)
    answers: list[dict] = field(default_factory=list)


@dataclass
class World:
    """Everybody that there is, whether they are listed or not."""

    people: dict[str, Person]
    listed: set[str] | None
    as_of: datetime | None
    named: dict[Named, set[int]]

    @property
    def base(self) -> list[Person]:
        if self.listed is not None:
            return [self.people[name] for name in sorted(self.listed)]
        return [each for _, each in sorted(self.people.items()) if each.events or each.answers]

    def holds(self, term, person: Person, answer: dict | None = None) -> bool:
        if isinstance(term, Not):
            return not self.holds(term.clause, person, answer)
        if isinstance(term, AnyOf):
            return any(self.holds(each, person, answer) for each in term.clauses)
        if isinstance(term, AllOf):
            return all(self.holds(each, person, answer) for each in term.clauses)
        return getattr(self, f"_{type(term).__name__.casefold()}")(term, person, answer)

    def people_of(self, terms) -> list[str]:
        """Ids of those for whom all hold; with a window before answers, for one of their answers at least."""
        if of_answers(terms):
            return sorted({self.whose[number] for number in self.answers_of(terms)})
        return [each.id for each in self.base if self.holds(AllOf(terms), each)]

    def answers_of(self, terms) -> list[int]:
        """Numbers of the answers for which all hold."""
        return sorted(
            answer["answer"] for each in self.base for answer in each.answers if self.holds(AllOf(terms), each, answer)
        )

    @property
    def whose(self) -> dict[int, str]:
        return {answer["answer"]: each.id for each in self.people.values() for answer in each.answers}

    def inside(self, at, window, person: Person, answer: dict | None) -> bool:
        """Whether something lies in a window. What has no date lies in none but ever."""
        if isinstance(window, Last):
            return at is not None and self.as_of - timedelta(days=window.days) < at <= self.as_of
        if isinstance(window, Joined):
            joined = person.facts.get("joined_at")
            if at is None or joined is None:
                return False
            return joined <= at < joined + timedelta(days=window.days)
        if isinstance(window, Before):
            answered = answer["responded_at"]
            if at is None or answered is None:
                return False
            return answered - timedelta(days=window.days) < at <= answered
        if isinstance(window, Between):
            return at is not None and window.first <= at.date() <= window.last
        return True

    def _did(self, clause: Did, person: Person, answer: dict | None) -> bool:
        number, days = 0, set()
        for event in person.events:
            if clause.features and (event["kind"], event["feature"]) not in clause.features:
                continue
            if not self.inside(event["at"], clause.window, person, answer):
                continue
            if not all(compares(event[prop.column], prop.sign, prop.value) for prop in clause.props):
                continue
            if clause.measure == "days":
                if event["at"] is not None:
                    days.add(event["at"].date())
            elif clause.measure == "times":
                number += 1
            else:
                number += event["uses"]
        number = len(days) if clause.measure == "days" else number
        return number >= clause.at_least and (clause.at_most is None or number <= clause.at_most)

    def _then(self, clause: Then, person: Person, answer: dict | None) -> bool:
        for one in person.events:
            for two in person.events:
                if (one["kind"], one["feature"]) != clause.first or (two["kind"], two["feature"]) != clause.then:
                    continue
                if one["at"] is None or two["at"] is None:
                    continue
                if not self.inside(one["at"], clause.window, person, answer):
                    continue
                if not self.inside(two["at"], clause.window, person, answer):
                    continue
                if one["at"] < two["at"] <= one["at"] + timedelta(days=clause.days):
                    return True
        return False

    def _answered(self, clause: Answered, person: Person, _answer: dict | None) -> bool:
        for answer in person.answers:
            if not clause.low <= answer["score"] <= clause.high:
                continue
            if clause.surveys and (answer["survey"] or "(none)") not in clause.surveys:
                continue
            if self.inside(answer["responded_at"], clause.window, person, None):
                return True
        return False

    def _named(self, clause: Named, person: Person, _answer: dict | None) -> bool:
        return any(answer["answer"] in self.named[clause] for answer in person.answers)

    def _is(self, clause: Is, person: Person, _answer: dict | None) -> bool:
        return any(compares(person.facts.get(clause.column), "=", value) for value in clause.values)

    def _account(self, clause: Account, person: Person, _answer: dict | None) -> bool:
        own = self.accounts(person)
        for account in own:
            members = [each for each in self.base if account in self.accounts(each)]
            hits = [each for each in members if self.holds(clause.clause, each)]
            if hits and 100 * len(hits) >= clause.share * len(members):
                return True
        return False

    def accounts(self, person: Person) -> set[str]:
        """The account that people tell, else those that their answers name."""
        told = [person.facts] if self.listed is not None else person.answers
        return {each["account"] for each in told if each.get("account") is not None}


def compares(cell, sign: str, value: str) -> bool:
    """Text says “(none)” where nothing is; numbers that are missing compare with nothing."""
    if cell is None and value_is_text(sign, value):
        cell = "(none)"
    if cell is None:
        return False
    if isinstance(cell, str):
        return cell == value if sign == "=" else cell != value
    wanted = float(value)
    if sign == "=":
        return cell == wanted
    if sign == "!=":
        return cell != wanted
    return cell >= wanted if sign == ">=" else cell < wanted


def value_is_text(sign: str, value: str) -> bool:
    """In these worlds the values that text is compared with are no numbers."""
    return sign in ("=", "!=") and not value.replace(".", "").isdigit()
