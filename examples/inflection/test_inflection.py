import unittest

from inflection import (
    PLURALS,
    SINGULARS,
    UNCOUNTABLES,
    camelize,
    dasherize,
    humanize,
    ordinal,
    ordinalize,
    parameterize,
    pluralize,
    singularize,
    tableize,
    titleize,
)


class InflectionTest(unittest.TestCase):
    def test_plurals_matches_its_snapshot(self):
        result = PLURALS

        # A snapshot: the whole result, as no shorter check sees what this one sees.
        self.assertEqual(result, [
            ("(?i)(z)ombies$", "\\1ombies"),
            ("(?i)(z)ombie$", "\\1ombies"),
            ("k[iI][nN][eE]$", "kine"),
            ("K[iI][nN][eE]$", "Kine"),
            ("c[oO][wW]$", "kine"),
            ("C[oO][wW]$", "Kine"),
            ("(?i)(m)oves$", "\\1oves"),
            ("(?i)(m)ove$", "\\1oves"),
            ("(?i)(s)exes$", "\\1exes"),
            ("(?i)(s)ex$", "\\1exes"),
            ("(?i)(c)hildren$", "\\1hildren"),
            ("(?i)(c)hild$", "\\1hildren"),
            ("(?i)(h)umans$", "\\1umans"),
            ("(?i)(h)uman$", "\\1umans"),
            ("(?i)(m)en$", "\\1en"),
            ("(?i)(m)an$", "\\1en"),
            ("(?i)(p)eople$", "\\1eople"),
            ("(?i)(p)erson$", "\\1eople"),
            ("(?i)(quiz)$", "\\1zes"),
            ("(?i)^(oxen)$", "\\1"),
            ("(?i)^(ox)$", "\\1en"),
            ("(?i)(m|l)ice$", "\\1ice"),
            ("(?i)(m|l)ouse$", "\\1ice"),
            ("(?i)(passer)s?by$", "\\1sby"),
            ("(?i)(matr|vert|ind)(?:ix|ex)$", "\\1ices"),
            ("(?i)(x|ch|ss|sh)$", "\\1es"),
            ("(?i)([^aeiouy]|qu)y$", "\\1ies"),
            ("(?i)(hive)$", "\\1s"),
            ("(?i)([lr])f$", "\\1ves"),
            ("(?i)([^f])fe$", "\\1ves"),
            ("(?i)sis$", "ses"),
            ("(?i)([ti])a$", "\\1a"),
            ("(?i)([ti])um$", "\\1a"),
            ("(?i)(buffal|potat|tomat)o$", "\\1oes"),
            ("(?i)(bu)s$", "\\1ses"),
            ("(?i)(alias|status)$", "\\1es"),
            ("(?i)(octop|vir)i$", "\\1i"),
            ("(?i)(octop|vir)us$", "\\1i"),
            ("(?i)^(ax|test)is$", "\\1es"),
            ("(?i)s$", "s"),
            ("$", "s"),
        ])

    def test_singularize_returns_an_empty_string_for_an_empty_string(self):
        result = singularize("")

        self.assertEqual(result, "")

    def test_singulars_matches_its_snapshot(self):
        result = SINGULARS

        # A snapshot: the whole result, as no shorter check sees what this one sees.
        self.assertEqual(result, [
            ("(?i)(z)ombies$", "\\1ombie"),
            ("k[iI][nN][eE]$", "cow"),
            ("K[iI][nN][eE]$", "Cow"),
            ("(?i)(m)oves$", "\\1ove"),
            ("(?i)(s)exes$", "\\1ex"),
            ("(?i)(c)hildren$", "\\1hild"),
            ("(?i)(h)umans$", "\\1uman"),
            ("(?i)(m)en$", "\\1an"),
            ("(?i)(p)eople$", "\\1erson"),
            ("(?i)(database)s$", "\\1"),
            ("(?i)(quiz)zes$", "\\1"),
            ("(?i)(matr)ices$", "\\1ix"),
            ("(?i)(vert|ind)ices$", "\\1ex"),
            ("(?i)(passer)sby$", "\\1by"),
            ("(?i)^(ox)en", "\\1"),
            ("(?i)(alias|status)(es)?$", "\\1"),
            ("(?i)(octop|vir)(us|i)$", "\\1us"),
            ("(?i)^(a)x[ie]s$", "\\1xis"),
            ("(?i)(cris|test)(is|es)$", "\\1is"),
            ("(?i)(shoe)s$", "\\1"),
            ("(?i)(o)es$", "\\1"),
            ("(?i)(bus)(es)?$", "\\1"),
            ("(?i)(m|l)ice$", "\\1ouse"),
            ("(?i)(x|ch|ss|sh)es$", "\\1"),
            ("(?i)(m)ovies$", "\\1ovie"),
            ("(?i)(s)eries$", "\\1eries"),
            ("(?i)([^aeiouy]|qu)ies$", "\\1y"),
            ("(?i)([lr])ves$", "\\1f"),
            ("(?i)(tive)s$", "\\1"),
            ("(?i)(hive)s$", "\\1"),
            ("(?i)([^f])ves$", "\\1fe"),
            ("(?i)(t)he(sis|ses)$", "\\1hesis"),
            ("(?i)(s)ynop(sis|ses)$", "\\1ynopsis"),
            ("(?i)(p)rogno(sis|ses)$", "\\1rognosis"),
            ("(?i)(p)arenthe(sis|ses)$", "\\1arenthesis"),
            ("(?i)(d)iagno(sis|ses)$", "\\1iagnosis"),
            ("(?i)(b)a(sis|ses)$", "\\1asis"),
            ("(?i)(a)naly(sis|ses)$", "\\1nalysis"),
            ("(?i)([ti])a$", "\\1um"),
            ("(?i)(n)ews$", "\\1ews"),
            ("(?i)(ss)$", "\\1"),
            ("(?i)s$", ""),
        ])

    def test_titleize_returns_a_for_a(self):
        result = titleize("a")

        self.assertEqual(result, "A")

    def test_pluralize_returns_s_for_whitespace(self):
        result = pluralize(" ")

        self.assertEqual(result, " s")

    def test_parameterize_returns_a_for_a_and_an_empty_string(self):
        result = parameterize("a", "")

        self.assertEqual(result, "a")

    def test_camelize_returns_a_for_a_and_false(self):
        result = camelize("a", False)

        self.assertEqual(result, "a")

    def test_ordinalize_returns_12th_for_12(self):
        result = ordinalize(12)

        self.assertEqual(result, "12th")

    def test_ordinalize_returns_3rd_for_3(self):
        singularize_result = singularize("serasisies")

        self.assertEqual(singularize_result, "serasisy")

        result = ordinalize(3)

        self.assertEqual(result, "3rd")

    def test_uncountables_is_a_set_of_9_items(self):
        result = UNCOUNTABLES

        self.assertEqual(result, {"equipment", "fish", "information", "jeans", "money", "rice", "series", "sheep", "species"})

    def test_parameterize_returns_an_empty_string_for_and_abc(self):
        dasherize("")
        result = parameterize("'", "abc")

        self.assertEqual(result, "")

    def test_tableize_returns_an_empty_string_for_an_empty_string(self):
        result = tableize("")

        self.assertEqual(result, "")

    def test_humanize_returns_foo_bar_for_foo_bar(self):
        result = humanize("foo_bar")

        self.assertEqual(result, "Foo bar")

    def test_singularize_returns_species_for_species(self):
        result = singularize("species")

        self.assertEqual(result, "species")

    def test_ordinalize_returns_0th_for_0(self):
        result = ordinalize(0)

        self.assertEqual(result, "0th")

    def test_dasherize_returns_an_empty_string_for_an_empty_string(self):
        result = dasherize("")

        self.assertEqual(result, "")

    def test_tableize_returns_rice_for_rice(self):
        result = tableize("rice")

        self.assertEqual(result, "rice")

    def test_ordinalize_returns_minus_1st_for_minus_1(self):
        result = ordinalize(-1)

        self.assertEqual(result, "-1st")

    def test_camelize_changes_nothing_the_second_time_for_a(self):
        camelize_result = camelize("a")
        result = camelize(camelize_result)

        self.assertEqual(result, "A")

    def test_titleize_returns_1_is_for_what_titleize_gives(self):
        titleize_result = titleize("]\\1is")
        result = titleize(titleize_result)

        self.assertEqual(result, "]\\1 Is")

    def test_humanize_returns_an_empty_string_for_id(self):
        tableize("")
        result = humanize("_id")

        self.assertEqual(result, "")

    def test_parameterize_returns_an_empty_string_for_an_empty_string_and_abc(self):
        result = parameterize("", "abc")

        self.assertEqual(result, "")

    def test_singularize_returns_series_for_series(self):
        result = singularize("series")

        self.assertEqual(result, "series")

    def test_ordinal_returns_nd_for_2(self):
        result = ordinal(2)

        self.assertEqual(result, "nd")

    def test_parameterize_returns_a_b_for_a_b(self):
        result = parameterize("a\nb")

        self.assertEqual(result, "a-b")

    def test_titleize_returns_1_1_for_minus_1_minus_1(self):
        titleize("\\{ovie")
        result = titleize("-1-1")

        self.assertEqual(result, " 1 1")

    def test_dasherize_returns_jsxw_wd_for_jsxw_wd(self):
        result = dasherize("jsxw_wd")

        self.assertEqual(result, "jsxw-wd")

    def test_titleize_returns_i_t_he_s_is_ses_for_i_t_he_s_is_ses(self):
        result = titleize("(?i)(t)he(s'is|ses)$")

        self.assertEqual(result, "(?I)(T)He(S'is|Ses)$")

    def test_parameterize_raises_a_type_error_for_b_and_5(self):
        with self.assertRaises(TypeError) as raised:
            parameterize("\\b('é)", 5)

        self.assertEqual(str(raised.exception), "decoding to str: need a bytes-like object, int found")


if __name__ == "__main__":
    unittest.main()
