"""What viewers are sent, frame by frame: no name, address, id or comment, and no figure that tells of under five."""

import dataclasses
import io
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import heard
import kept
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from journeys import opened, said
from team import invited, login, password, team_server
from visitors import Visitor

import nps
from nps.comments import editing
from nps.measures import score
from pages.session import links
from web import identity
from web.identity import Visitor as Known
from workspace.access.actor import Actor, Role
from workspace.privacy.figures import Figures, figures
from workspace.privacy.pseudonyms import without_names
from workspace.privacy.small_groups import FEWEST
from workspace.store import datasets
from workspace.store.database import open_workspace

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]
PAGES = ("overview", "segments", "features")
SCORES = (2, 8, 10)


def people() -> list[dict]:
    """Sixty, each score twenty times. Role: 30 A, 21 B, 6 D, 3 C. Month: 30 in January, 3 in February, 27 in March."""
    roles = [*"A" * 30, *"B" * 21, *"D" * 6, *"C" * 3]
    return [
        {
            "n": n,
            "id": f"customer-{n:02}",
            "name": f"Nora Nameless{n:02}",
            "email": f"nora{n:02}@secret.example",
            "score": SCORES[n % 3],
            "role": roles[n],
            "month": 1 if n < 30 else 2 if n < 33 else 3,
            "mentor": f"mentor{n // 30}@secret.example",
            "lead": f"Nora Nameless{n // 30:02}",
        }
        for n in range(60)
    ]


def files() -> dict[str, str]:
    """Board is used by 30, Search by three, Chat by all but two."""
    everybody = people()
    answers = [f"{p['id']},{p['score']},2026-{p['month']:02}-15,secretly said by {p['n']}" for p in everybody]
    listed = [f"{p['id']},{p['name']},{p['email']},{p['role']},{p['mentor']},{p['lead']}" for p in everybody]
    uses = {"Board": range(30), "Search": range(3), "Chat": range(2, 60)}
    used = [
        f"{everybody[n]['id']},{feature},2026-{everybody[n]['month']:02}-10" for feature in uses for n in uses[feature]
    ]
    return {
        "responses": "\n".join(["person_id,score,date,comment", *answers]),
        "people": "\n".join(["person_id,name,email,role,mentor,lead", *listed]),
        "usage": "\n".join(["person_id,feature,date", *used]),
    }


SECRETS = ("nameless", "secret", "customer-", "mentor", "@s")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return kept.landed(tmp_path_factory.mktemp("read") / "files", **files())


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    for table, content in files().items():
        (folder / f"{table}.csv").write_text(content)
    return nps.load(*(folder / f"{table}.csv" for table in ("responses", "usage", "people")))


def counted(frame: pd.DataFrame) -> list[tuple]:
    """Detractors, passives, promoters of each row."""
    return [*frame[["detractors", "passives", "promoters"]].itertuples(index=False, name=None)]


def test_values_and_months_of_under_five_stand_together_and_features_that_tell_are_not_listed(panel):
    found = figures(panel)
    assert (found.people, found.whole[:4]) == (60, (60, 20, 20, 20))
    assert [*found.segments] == ["role"], "mentors are addresses, and leads are people"
    role = found.segments["role"]
    assert role["value"].tolist() == ["A", None]
    assert counted(role) == [(10, 10, 10), (10, 10, 10)]
    assert [str(day)[:7] for day in (*found.over_time["first"], *found.over_time["last"])] == [
        *("2026-01", "2026-02", "2026-01", "2026-03"),
    ]
    assert counted(found.over_time) == [(10, 10, 10), (10, 10, 10)]
    assert found.features["label"].tolist() == ["Board"]
    assert found.features[["responses", "others"]].values.tolist() == [[30, 30]]


def test_where_a_group_of_all_is_under_five_only_how_many_they_are_is_shown():
    def of(scores: list[int]) -> Figures:
        answers = pd.DataFrame({"person_id": [f"p{n}" for n in range(len(scores))], "score": scores, "role": "A"})
        answers.loc[::2, "role"] = "B"
        return figures(nps.load(answers))

    few = of([10] * 20 + [2] * 4)
    assert (few.people, few.whole, few.segments) == (24, None, {})
    assert of([10, 10, 2]).people == 0
    assert of([10] * 10 + [2] * 10).whole.nps == 0


@pytest.fixture(scope="module")
def sample():
    folder = Path(__file__).parents[1] / "sample_data"
    return nps.load(*(folder / f"{table}.csv" for table in ("responses", "usage", "people")))


def test_the_figures_are_those_of_python(sample):
    """Where nothing is too small, as in the sample; intervals are those of the counts."""
    found, chosen = figures(sample), sample.select()
    assert found.whole[:4] == chosen.score[:4]
    for segment, frame in found.segments.items():
        wanted = chosen.by_segment(segment).set_index("value").loc[frame["value"]]
        assert frame["nps"].tolist() == pytest.approx(wanted["nps"].tolist())
    assert {*found.segments} == {*sample.segments}
    assert found.over_time["responses"].sum() == found.by_activity["responses"].sum() == len(chosen.places)
    wanted = chosen.by_feature().set_index("feature").loc[found.features["label"]]
    assert found.features["responses"].tolist() == wanted["users"].tolist()
    assert found.features["points"].tolist() == pytest.approx(wanted["naive"].tolist())


def tables_of(found: Figures) -> Iterator[np.ndarray]:
    """Counts by group of every table that is shown."""
    whole = np.array(found.whole[3:0:-1])
    for frame in (*found.segments.values(), found.over_time, found.by_activity):
        if len(frame):
            yield frame[["detractors", "passives", "promoters"]].to_numpy(int)
    for feature in found.features.itertuples():
        users = np.array([feature.detractors, feature.passives, feature.promoters])
        yield np.stack([users, whole - users])


@pytest.mark.parametrize("data", ["panel", "sample"])
def test_no_group_under_five_follows_from_any_two_tables_that_are_shown(data, request):
    """Each is of everybody, so all that is common to two columns lies between bounds; they never meet at 1 to 4."""
    found = figures(request.getfixturevalue(data))
    seen = [*tables_of(found)]
    assert len(seen) >= 3
    whole = np.array(found.whole[3:0:-1])
    for table in seen:
        assert (table.sum(axis=0) == whole).all()
        assert not ((table > 0) & (table < FEWEST)).any()
    for one, other in combinations(seen, 2):
        high = np.minimum(one[:, None], other[None])
        low = np.maximum(one[:, None] + other[None] - whole, 0)
        assert not ((low == high) & (low > 0) & (low < FEWEST)).any()


# What is sent


@pytest.fixture
def sent(monkeypatch):
    """A viewer opens the app: all frames that went to their browser, in the order of being sent."""
    return heard.by(monkeypatch)


@pytest.fixture
def one(read):
    with open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"])) as space:
        return datasets.keep(kept.ANALYST, space, read, "Spring")


def frames_of(messages) -> Iterator[pd.DataFrame]:
    """Every table in them: of charts, and of tables."""
    for message in messages:
        chart, table = message.delta.new_element.vega_lite_chart, message.delta.new_element.dataframe
        parts = [*(each.data for each in chart.datasets), chart.data, table.arrow_data, table.lazy_data.initial_chunk]
        for part in parts:
            if part.data:
                yield pa.ipc.open_stream(io.BytesIO(part.data)).read_pandas()


def counts_behind(n: int, points: float, low: float, high: float) -> list[tuple[int, int, int]]:
    """Which detractors, passives and promoters a score with its interval can be of: all that anybody could work out."""
    exact = 1e-6 if points != round(points) else 0.5
    found = []
    for net in range(-n, n + 1):
        if abs(100 * net / n - points) <= exact:
            for promoters in range(max(net, 0), (n + net) // 2 + 1):
                counts = (promoters - net, n - 2 * promoters + net, promoters)
                if np.allclose(np.ravel(score.interval(np.array(counts))), (low, high), rtol=0, atol=exact):
                    found.append(counts)
    return found


def tells_nothing(messages, *, words: tuple[str, ...] = SECRETS) -> list[pd.DataFrame]:
    assert heard.words_in(messages, words) == []
    tables = [*frames_of(messages)]
    for table in tables:
        for name in {"responses", "others"} & {*table}:
            assert (table[name] >= FEWEST).all(), table
        if {"nps", "low", "high", "responses"} <= {*table}:
            for row in table.dropna(subset=["nps"]).itertuples():
                possible = counts_behind(row.responses, row.nps, row.low, row.high)
                assert possible
                assert any(all(not 0 < count < FEWEST for count in counts) for counts in possible), row
    return tables


def seen(messages) -> list[str]:
    """The figures and sentences, for comparison."""
    kinds = ("heading", "metric", "text", "alert")
    elements = [message.delta.new_element for message in messages]
    return [str(getattr(each, kind)) for each in elements for kind in kinds if each.HasField(kind)]


def test_a_viewer_is_sent_no_name_and_no_small_group_on_any_page(one, sent):
    for page in PAGES:
        opened(page=page, data=one)
    assert len(tells_nothing(sent)) >= 3
    assert "NPS is 0, from 60 answers." in str(seen(sent))


def test_the_same_check_finds_what_an_analyst_is_sent(one, sent, monkeypatch):
    monkeypatch.setattr(identity, "of_page", lambda: Known(Actor("anna", Role.ANALYST, 8), "owner"))
    opened(page="people", data=one)
    with pytest.raises(AssertionError, match="nameless"):
        tells_nothing(sent)


@pytest.mark.parametrize("page", PAGES)
def test_no_filter_region_window_or_rule_that_a_link_asks_for_changes_anything(one, sent, page):
    asked = [
        *({"role": each} for each in ("A", "C", "D")),
        *({"where": f"role:{each}"} for each in ("C",)),
        {"activity": "90-100", "score": "0-6"},
        {"period": "2026-02-01..2026-02-28", "repeats": "all"},
        {"window": "30", "measure": "uses", "used": "Search"},
        {"person": "customer-31", "like_promoters": "yes", "surveys": "together"},
    ]
    opened(page=page, data=one)
    wanted = seen(sent)
    assert wanted
    for query in asked:
        sent.clear()
        app = opened(page=page, data=one, **query)
        found = [each for each in seen(sent) if "unknown" not in each]
        assert [each for each in found if each in wanted] == wanted, query
        assert not [each for each in found if "metric" in each and each not in wanted]
        assert {*app.query_params} <= {"data", "by"}
        tells_nothing(heard.shown(sent))


@pytest.mark.parametrize("page", ["usage_map", "reasons", "people", "person", "data", "team"])
def test_pages_of_others_open_the_overview(one, sent, page):
    app = opened(page=page, data=one, person="customer-31")
    assert app.title[0].value == "NPS is 0, from 60 answers."
    tells_nothing(heard.shown(sent))


def test_the_sample_shows_viewers_no_person_and_every_segment(sent, sample):
    everybody = sample.answers
    words = [*everybody["email"].dropna(), *everybody["name"].dropna(), *everybody["person_id"]]
    words += [each for each in everybody["comment"].dropna() if len(each) > 20]
    app = opened(page="segments")
    for segment in app.selectbox(key="segment").options:
        assert segment.startswith("By ")
    for segment in sample.segments:
        opened(page="segments", by=segment)
    for page in ("overview", "features"):
        opened(page=page)
    tells_nothing(sent, words=tuple(word.lower() for word in {*words}))


@pytest.fixture(scope="module")
def served(tmp_path_factory, read):
    folder = tmp_path_factory.mktemp("team")
    with open_workspace(invited(folder / "workspace")) as space:
        datasets.keep(kept.ANALYST, space, read, "Spring")
    with team_server(folder, NPS_LENS_LOGIN="password") as address:
        yield address


def test_all_that_a_server_sends_a_viewer_tells_of_no_person_and_no_small_group_downloads_too(served):
    vera = Visitor(served).signs_in(login("vera"), password("vera"))
    session = vera.session().opens("Sample data").chooses("Kept on this machine", "Spring")
    session.widgets.clear()
    for page in ("Overview", "Segments", "Features"):
        session.runs(page).opens("Share", page)
        assert {n for table in tells_nothing(session.heard) for n in table["responses"]} == {30}, "it is not the sample"
        assert {*session.deferred}, page
        for label in [*session.deferred]:
            status, _, content = vera.ask("GET", session.download(f"^{label.replace('(', '.').replace(')', '.')}$"))
            assert status == 200
            assert [word for word in SECRETS if word.encode() in content.lower()] == []
    assert {*links.VIEWS} >= {"segments", "features"}


# Data that show viewers every page


@pytest.fixture
def shown_all(one):
    with open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"])) as space:
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
    return one


def test_a_panel_without_names_counts_what_the_panel_counts(panel, tmp_path):
    with open_workspace(tmp_path / "workspace") as space:
        bare = without_names(kept.ANALYST, space, panel)
        again = without_names(kept.ANALYST, space, panel)
    assert bare.uid != panel.uid
    assert [*bare.answers["person_id"]] == [*again.answers["person_id"]], "a link to a person holds"
    assert bare.segments == ("role",)
    assert (bare.cluster == panel.cluster).all()
    assert bare.select().score == panel.select().score
    pd.testing.assert_frame_equal(bare.select().by_feature(), panel.select().by_feature())
    held = pd.concat([bare.answers.astype(str), bare.unasked.astype(str), bare.features.astype(str)]).to_csv().lower()
    assert [word for word in SECRETS if word in held] == ["secret"], "what they wrote: “secretly said”"


def test_who_looks_after_an_account_divides_nobody_there(tmp_path):
    rows = range(60)
    answers = pd.DataFrame(
        {
            "person_id": [f"p{n}" for n in rows],
            "account_id": [f"a{n % 10}" for n in rows],
            "score": [SCORES[n % 3] for n in rows],
        }
    )
    listed = pd.DataFrame(
        {"account_id": [f"a{n}" for n in range(10)], "owner": ["Kim", "Lee"] * 5, "seats": [3, 4] * 5}
    )
    owned = nps.load(answers, accounts=listed)
    assert {*owned.segments} == {"owner", "seats"}
    with open_workspace(tmp_path / "workspace") as space:
        bare = without_names(kept.ANALYST, space, owned)
    assert bare.segments == ("seats",)
    assert len(bare.accounts.table) == 0
    assert "owner" not in figures(owned).segments


def test_comments_are_masked_in_it(panel, tmp_path):
    written = "ring +49 30 1234567 or mail me@example.org"
    answers = panel.answers.assign(comment=written)
    with open_workspace(tmp_path / "workspace") as space:
        bare = without_names(kept.ANALYST, space, dataclasses.replace(panel, answers=answers))
    assert {*bare.answers["comment"]} == {"ring [phone] or mail [e-mail]"}


def test_its_comments_are_read_again_by_rules_that_call_features_as_it_does(panel, tmp_path):
    telling = panel.features.assign(feature=panel.features["feature"].replace("Board", "mail me@example.org"))
    named = dataclasses.replace(panel, features=telling)
    code = telling.index[telling["feature"] == "mail me@example.org"][0]
    feature = named.named_features[code]
    rules = editing.cued(named.rules.with_aliases({feature: ["secretly"]}), feature, False)
    ruled = named.with_rules(editing.of_theme(rules, feature, "speed"))
    with open_workspace(tmp_path / "workspace") as space:
        bare = without_names(kept.ANALYST, space, ruled)
    assert bare.comments is not ruled.comments
    assert len(bare.coding.features) == len(ruled.coding.features) == 3
    assert [*bare.coding.named] == [*ruled.coding.named] == [code] * 60
    assert "me@example" not in str(bare.coding.features) + bare.rules.to_json()


@pytest.mark.parametrize("page", [*PAGES, "usage_map", "reasons", "people", "person"])
def test_every_page_opens_without_a_name_and_says_that_it_promises_no_more(shown_all, sent, page):
    opened(page=page, data=shown_all, person="customer-31")
    told, caution = heard.shown(sent), "whoever knows these people may recognise somebody"
    assert heard.words_in(told, ("nameless", "secret.example", "customer-", "mentor", caution)) == [caution]
    assert not [message for message in told if "Contacts" in message.delta.new_element.download_button.label]


def test_the_reasons_page_counts_what_they_say_without_showing_a_comment(shown_all, sent):
    app = opened(page="reasons", data=shown_all)
    assert app.title[0].value.startswith("60 of 60 people wrote something")
    assert not [each for each in app.get("bidi_component") if each.proto.id.endswith("-quotes")]
    assert not [button for button in app.get("download_button") if button.key == "download_comments"]
    assert heard.words_in(heard.shown(sent), ["secretly said"]) == []


def test_pages_of_people_close_again_when_an_administrator_says_so(shown_all, sent):
    app = opened(page="people", data=shown_all)
    with open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"])) as space:
        datasets.show_viewers(kept.ADMIN, space, shown_all, "aggregate")
    sent.clear()
    assert app.run().title[0].value == "NPS is 0, from 60 answers."
    tells_nothing(heard.shown(sent))


def test_only_administrators_say_what_viewers_see_and_only_what_there_is(one):
    with open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"])) as space:
        with pytest.raises(nps.Refused):
            datasets.show_viewers(kept.ANALYST, space, one, "pseudonymous")
        with pytest.raises(nps.Refused, match="aggregate"):
            datasets.show_viewers(kept.ADMIN, space, one, "all")
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
        assert datasets.find(kept.ADMIN, space, one).viewers == "pseudonymous"


def test_an_administrator_says_on_the_data_page_what_viewers_see(one, monkeypatch):
    monkeypatch.setenv("NPS_LENS_LOGIN", "password")
    monkeypatch.setattr(identity, "of_page", lambda: Known(Actor("adam", Role.ADMIN, 9), "owner"))
    app = opened(page="data", data=one)
    app.radio(key=f"viewers_{one}").set_value("pseudonymous").run()
    with open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"])) as space:
        assert datasets.find(kept.ADMIN, space, one).viewers == "pseudonymous"


def test_a_person_without_a_name_has_a_page_under_a_mark(shown_all, sent):
    (people,) = [frame.value for frame in opened(page="people", data=shown_all).dataframe]
    person = people["person_id"].iloc[0]
    app = opened(page="person", data=shown_all, person=person)
    assert len(person) == 16
    assert person in said(app)
