import type { MetricSpec } from '../syntax/metric-spec.ts';

export const javaMetrics: MetricSpec = {
  functions: ['method_declaration', 'constructor_declaration', 'compact_constructor_declaration'],
  lambdas: ['lambda_expression'],
  decisions: ['if_statement', 'for_statement', 'enhanced_for_statement', 'while_statement', 'do_statement', 'catch_clause', 'ternary_expression'],
  cases: ['switch_label'],
  wildcards: ['default'],
  booleans: ['binary_expression'],
  booleanOperators: ['&&', '||'],
  nesting: [
    'if_statement', 'for_statement', 'enhanced_for_statement', 'while_statement', 'do_statement', 'catch_clause', 'ternary_expression', 'switch_expression',
  ],
  blocks: ['try_statement', 'try_with_resources_statement', 'synchronized_statement'],
  ifs: ['if_statement'],
  alternativeField: 'alternative',
  labelledJumps: ['break_statement', 'continue_statement'],
  calls: ['method_invocation'],
  calleeField: 'name',
  statements: ['*_statement', 'local_variable_declaration', 'field_declaration', 'method_declaration', 'constructor_declaration', 'class_declaration', 'interface_declaration', 'enum_declaration'],
  operands: [
    'identifier', 'type_identifier', 'decimal_integer_literal', 'hex_integer_literal', 'octal_integer_literal', 'binary_integer_literal',
    'decimal_floating_point_literal', 'string_literal', 'character_literal', 'true', 'false', 'null_literal', 'this', 'super',
  ],
  ignored: ['line_comment', 'block_comment'],
  silentTokens: [')', ']', '}'],
};
