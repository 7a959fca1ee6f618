import type { MetricSpec } from '../syntax/metric-spec.ts';

/** C and C++: node types that a grammar lacks match nothing. */
export const cMetrics: MetricSpec = {
  functions: ['function_definition'],
  lambdas: ['lambda_expression'],
  decisions: ['if_statement', 'for_statement', 'for_range_loop', 'while_statement', 'do_statement', 'catch_clause', 'conditional_expression'],
  cases: ['case_statement'],
  wildcards: ['default'],
  booleans: ['binary_expression'],
  booleanOperators: ['&&', '||', 'and', 'or'],
  nesting: [
    'if_statement', 'for_statement', 'for_range_loop', 'while_statement', 'do_statement', 'catch_clause', 'conditional_expression', 'switch_statement',
  ],
  blocks: ['try_statement'],
  ifs: ['if_statement'],
  elses: ['else_clause'],
  alternativeField: 'alternative',
  jumps: ['goto_statement'],
  calls: ['call_expression'],
  statements: ['*_statement', 'declaration', 'field_declaration', 'function_definition', 'type_definition'],
  operands: [
    'identifier', 'field_identifier', 'type_identifier', 'namespace_identifier', 'primitive_type', 'number_literal', 'string_literal', 'char_literal', 'true',
    'false', 'null', 'this',
  ],
  ignored: ['comment'],
  silentTokens: [')', ']', '}', '"'],
};
