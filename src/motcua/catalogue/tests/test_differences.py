"""What changed between two documents, place by place."""

from hypothesis import given, strategies as st

from motcua.catalogue.differences import Difference, differences

LEAF = st.integers(0, 3) | st.text("ab", max_size=2)
TREE = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=12,
)
DOCUMENT = st.dictionaries(st.sampled_from(["title", "papers"]), TREE, max_size=2)


def paper(code, name):
    return {"code": code, "name": {"vi": name}}


def test_elements_are_known_by_their_code():
    before = {"papers": [paper("p1", "Tờ khai"), paper("p2", "Ảnh")]}
    after = {"papers": [paper("p2", "Ảnh 4x6"), paper("p1", "Tờ khai"), paper("p3", "Giấy ủy quyền")]}
    assert differences(before, after) == (
        Difference("papers[p2].name.vi", "Ảnh", "Ảnh 4x6"),
        Difference("papers[p3]", None, '{"code": "p3", "name": {"vi": "Giấy ủy quyền"}}'),
    )


def test_the_order_alone_is_a_difference_too():
    one, two = paper("p1", "Tờ khai"), paper("p2", "Ảnh")
    assert differences({"papers": [one, two]}, {"papers": [two, one]}) == (
        Difference("papers", "p1, p2", "p2, p1"),
    )


def test_elements_without_a_code_are_known_by_their_place():
    before, after = ({"times": [{"value": "3"}, {"value": value}]} for value in ("5", "8"))
    assert differences(before, after) == (Difference("times[1].value", "5", "8"),)


def test_texts_that_came_and_went():
    assert differences({"basis": ["Luật A", "Luật B"]}, {"basis": ["Luật A"]}) == (
        Difference("basis[Luật B]", "Luật B", None),
    )


@given(DOCUMENT, DOCUMENT)
def test_there_is_a_difference_exactly_where_documents_differ(before, after):
    assert differences(before, before) == ()
    assert bool(differences(before, after)) == (before != after)
