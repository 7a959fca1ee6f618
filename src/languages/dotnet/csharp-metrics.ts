import type { MetricSpec } from '../syntax/metric-spec.ts';

export const csharpMetrics: MetricSpec = {
  functions: ['method_declaration', 'constructor_declaration', 'destructor_declaration', 'operator_declaration', 'conversion_operator_declaration', 'local_function_statement'],
  lambdas: ['lambda_expression', 'anonymous_method_expression'],
  decisions: ['if_statement', 'for_statement', 'foreach_statement', 'while_statement', 'do_statement', 'catch_clause', 'conditional_expression', 'conditional_access_expression'],
  cases: ['switch_section', 'switch_expression_arm'],
  wildcards: ['default', '_'],
  booleans: ['binary_expression'],
  booleanOperators: ['&&', '||', '??'],
  nesting: ['if_statement', 'for_statement', 'foreach_statement', 'while_statement', 'do_statement', 'catch_clause', 'conditional_expression', 'switch_statement', 'switch_expression'],
  blocks: ['try_statement', 'lock_statement', 'using_statement'],
  ifs: ['if_statement'],
  alternativeField: 'alternative',
  jumps: ['goto_statement'],
  calls: ['invocation_expression'],
  statements: ['*_statement', 'field_declaration', 'method_declaration', 'property_declaration', 'class_declaration', 'constructor_declaration'],
  operands: [
    'identifier', 'predefined_type', 'integer_literal', 'real_literal', 'string_literal', 'verbatim_string_literal', 'character_literal', 'boolean_literal', 'null_literal',
  ],
  ignored: ['comment'],
  silentTokens: [')', ']', '}'],
};
