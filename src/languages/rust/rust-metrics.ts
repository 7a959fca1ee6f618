import type { MetricSpec } from '../syntax/metric-spec.ts';

export const rustMetrics: MetricSpec = {
  functions: ['function_item'],
  lambdas: ['closure_expression'],
  decisions: ['if_expression', 'for_expression', 'while_expression', 'loop_expression', 'try_expression'],
  cases: ['match_arm'],
  wildcards: ['_'],
  booleans: ['binary_expression'],
  booleanOperators: ['&&', '||'],
  nesting: ['if_expression', 'for_expression', 'while_expression', 'loop_expression', 'match_expression'],
  ifs: ['if_expression'],
  elses: ['else_clause'],
  alternativeField: 'alternative',
  labelledJumps: ['break_expression', 'continue_expression'],
  calls: ['call_expression'],
  statements: ['expression_statement', 'let_declaration', '*_item', 'use_declaration', 'macro_definition'],
  operands: [
    'identifier', 'field_identifier', 'type_identifier', 'shorthand_field_identifier', 'primitive_type', 'integer_literal', 'float_literal', 'string_literal', 'char_literal',
    'boolean_literal', 'self', 'super', 'crate',
  ],
  ignored: ['line_comment', 'block_comment'],
  silentTokens: [')', ']', '}', '"'],
};
