import inflection


def test_numbers():
    assert inflection.pluralize("post") == "posts"
    assert inflection.pluralize("sheep") == "sheep"
    assert inflection.pluralize("") == ""
    assert inflection.singularize("octopi") == "octopus"
    assert inflection.singularize("posts") == "post"
    assert inflection.singularize("status") == "status"


def test_cases():
    assert inflection.camelize("device_type") == "DeviceType"
    assert inflection.camelize("device_type", False) == "deviceType"
    assert inflection.underscore("DeviceType") == "device_type"
    assert inflection.dasherize("puni_puni") == "puni-puni"
    assert inflection.humanize("employee_salary") == "Employee salary"
    assert inflection.humanize("author_id") == "Author"
    assert inflection.titleize("TheManWithoutAPast") == "The Man Without A Past"
    assert inflection.tableize("RawScaledScorer") == "raw_scaled_scorers"


def test_ordinals():
    assert [inflection.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 1003)] == [
        "st",
        "nd",
        "rd",
        "th",
        "th",
        "th",
        "th",
        "rd",
    ]
    assert inflection.ordinalize(-21) == "-21st"


def test_texts():
    assert inflection.parameterize("Donald E. Knuth") == "donald-e-knuth"
    assert inflection.parameterize("a  b", "_") == "a_b"
    assert inflection.parameterize("x y", "") == "xy"
    assert inflection.transliterate("älämölö") == "alamolo"
