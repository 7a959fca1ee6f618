import type { MetricSpec } from '../syntax/metric-spec.ts';

export const goMetrics: MetricSpec = {
  functions: ['function_declaration', 'method_declaration'],
  lambdas: ['func_literal'],
  decisions: ['if_statement', 'for_statement'],
  cases: ['expression_case', 'type_case', 'communication_case'],
  booleans: ['binary_expression'],
  booleanOperators: ['&&', '||'],
  nesting: ['if_statement', 'for_statement', 'expression_switch_statement', 'type_switch_statement', 'select_statement'],
  ifs: ['if_statement'],
  alternativeField: 'alternative',
  jumps: ['goto_statement'],
  labelledJumps: ['break_statement', 'continue_statement'],
  calls: ['call_expression'],
  statements: ['*_statement', 'short_var_declaration', 'var_declaration', 'const_declaration', 'type_declaration', 'function_declaration', 'method_declaration'],
  operands: [
    'identifier', 'field_identifier', 'type_identifier', 'package_identifier', 'int_literal', 'float_literal', 'imaginary_literal', 'rune_literal',
    'interpreted_string_literal', 'raw_string_literal', 'true', 'false', 'nil', 'iota',
  ],
  ignored: ['comment'],
  silentTokens: [')', ']', '}', '"', '`'],
};
