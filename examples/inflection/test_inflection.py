import unittest

from inflection import (
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
    def test_singularize_returns_an_empty_string_for_an_empty_string(self):
        result = singularize("")

        self.assertEqual(result, "")

    def test_pluralize_returns_s_for_whitespace(self):
        result = pluralize(" ")

        self.assertEqual(result, " s")

    def test_titleize_returns_a_for_a(self):
        result = titleize("a")

        self.assertEqual(result, "A")

    def test_parameterize_returns_b_for_b_and_an_empty_string(self):
        result = parameterize("<b>\"&'", "")

        self.assertEqual(result, "b")

    def test_singularize_returns_human_for_humans(self):
        result = singularize("humans")

        self.assertEqual(result, "human")

    def test_camelize_returns_a_for_a_and_false(self):
        result = camelize("a", False)

        self.assertEqual(result, "a")

    def test_ordinalize_returns_0th_for_0(self):
        result = ordinalize(0)

        self.assertEqual(result, "0th")

    def test_tableize_returns_an_empty_string_for_an_empty_string(self):
        result = tableize("")

        self.assertEqual(result, "")

    def test_parameterize_returns_iparenthesisi_for_i_i_and_parenthesis(self):
        result = parameterize("(?i)({i)({}){}$", "parenthesis")

        self.assertEqual(result, "iparenthesisi")

    def test_ordinal_returns_th_for_13(self):
        result = ordinal(13)

        self.assertEqual(result, "th")

    def test_singularize_returns_species_for_species(self):
        result = singularize("species")

        self.assertEqual(result, "species")

    def test_ordinal_returns_st_for_minus_1(self):
        ordinal(100)
        result = ordinal(-1)

        self.assertEqual(result, "st")

    def test_dasherize_returns_an_empty_string_for_an_empty_string(self):
        result = dasherize("")

        self.assertEqual(result, "")

    def test_titleize_changes_nothing_the_second_time_for_for_1arenthesis(self):
        titleize_result = titleize("\\1arenthesis")
        result = titleize(titleize_result)

        self.assertEqual(result, "\\1 Arenthesis")

    def test_tableize_returns_money_for_money(self):
        result = tableize("money")

        self.assertEqual(result, "money")

    def test_camelize_changes_nothing_the_second_time_for_for_bus(self):
        camelize_result = camelize("bus")
        result = camelize(camelize_result)

        self.assertEqual(result, "Bus")

    def test_humanize_returns_a_for_a(self):
        result = humanize("a")

        self.assertEqual(result, "A")

    def test_parameterize_returns_an_empty_string_for_an_empty_string_and_parenthesis(self):
        result = parameterize("", "parenthesis")

        self.assertEqual(result, "")

    def test_humanize_returns_i_m_l_ice_for_i_m_l_ice(self):
        result = humanize("(?i)(m|l)ice$")

        self.assertEqual(result, "(?i)(m|l)ice$")

    def test_ordinalize_returns_2nd_for_2(self):
        result = ordinalize(2)

        self.assertEqual(result, "2nd")

    def test_titleize_changes_nothing_the_second_time_for_for_minus_1_point_5(self):
        titleize_result = titleize("-1.5")
        result = titleize(titleize_result)

        self.assertEqual(result, " 1.5")

    def test_ordinal_returns_rd_for_3(self):
        result = ordinal(3)

        self.assertEqual(result, "rd")

    def test_titleize_returns_x_iv_for_x_iv(self):
        result = titleize("XIv")

        self.assertEqual(result, "X Iv")

    def test_parameterize_returns_e_for_and_oxen(self):
        result = parameterize("é", "oxen")

        self.assertEqual(result, "e")

    def test_dasherize_returns_a_z_a_z_a_z_for_a_z_a_z_a_z(self):
        result = dasherize("😀([a_z]+)([a_z][a_z])")

        self.assertEqual(result, "😀([a-z]+)([a-z][a-z])")


if __name__ == "__main__":
    unittest.main()
