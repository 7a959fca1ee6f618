import { anyShape, type Shape, union } from '../model/surface.ts';

const text: Shape = { kind: 'string' };
const number: Shape = { kind: 'number' };
const integer: Shape = { kind: 'integer' };
const list: Shape = { kind: 'list', of: anyShape };
const record: Shape = { kind: 'record', fields: [] };
const file = union([text, { kind: 'file' }]);
const stream = union([{ kind: 'stream' }, text]);
const callback: Shape = { kind: 'function', parameters: [], returns: anyShape };

/** What programmers mean by a name, where nothing is declared. First match counts. */
const NAMES: readonly (readonly [RegExp, Shape])[] = [
  [
    /^(fn|func|function|callback|cb|iteratee|predicate|comparator|compare|handler|listener|mapper|reducer|visitor|visit|next|done|test|filter|getter|setter|replacer|reviver|factory|key_?func|on[A-Z]\w*|(?:\w*(?:_fn|Fn|_func|Callback|Handler|Listener|Predicate)))$/,
    callback,
  ],
  [
    /^(is|has|should|can|use|allow|enable|include|ignore|skip|with|no)[A-Z_]\w*$|^(flag|force|strict|deep|recursive|silent|verbose|enabled|disabled|inclusive|reverse|unique|sorted|lower|upper|strip|quiet|debug)$/,
    { kind: 'boolean' },
  ],
  [
    /^(n|i|j|k|x|y|z|w|h|num|number|count|index|idx|size|length|len|width|height|depth|limit|start|end|from|to|offset|position|pos|min|max|minimum|maximum|radix|base|precision|digits|decimals|amount|total|step|level|year|month|day|hour|minute|second|ms|milliseconds|seconds|timeout|delay|interval|port|page|seed|radius|angle|lat|lng|lon|latitude|longitude|red|green|blue|alpha|capacity|weight|priority|score|times|indent|bytes|fraction|ratio|percent|probability|low|high|lo|hi|mid|left|right|amount|rate|price|value1|value2|(?:\w*(?:Count|Index|Size|Length|Width|Height|Limit|Offset|Position|_count|_index|_size|_length|_width|_limit)))$/,
    number,
  ],
  [
    /^(array|arr|list|items|elements|values|collection|iterable|rows|cols|columns|keys|args|arguments|argv|entries|nodes|children|parts|tokens|stack|queue|data_list|words|lines|points|vector|matrix|xs|ys|seq|sequence|samples|names|files|paths|numbers|nums|strings|objects|(?:\w*(?:Array|List|_list)))$/,
    list,
  ],
  [
    /^(?:path|file|file_?name|file_?path|fname|fpath|path_?name|(?:config|input|source|json|csv)_?(?:file|path))$/i,
    file,
  ],
  [/^(?:fp|f|stream|file_?obj|file_?like|fd|fh|infile|outfile|handle|out|readable|writable)$/i, stream],
  [
    /^(str|string|s|text|txt|input|source|src|code|html|xml|css|json|yaml|toml|csv|markdown|md|name|title|label|message|msg|key|word|line|char|chr|ch|c|prefix|suffix|separator|sep|delimiter|delim|pattern|format|fmt|template|path|file|filename|filepath|dir|directory|folder|url|uri|href|host|hostname|domain|email|query|search|selector|id|type|kind|lang|language|locale|encoding|charset|color|colour|hex|hash|token|content|body|value_str|haystack|needle|substring|sub|phrase|sentence|slug|version|range|expression|expr|event|eventName|property|prop|attr|attribute|tag|unit|currency|ip|mime|header|raw|token|identifier|extension|ext|(?:\w*(?:String|Text|Name|Path|Url|Key|_str|_string|_text|_name|_path|_key)))$/,
    text,
  ],
  [
    /^(options?|opts?|config|configuration|settings|params|props|context|ctx|state|attributes|attrs|headers|query_params|meta|metadata|env|kwargs|defaults|overrides|dict|mapping|map|obj|object|record|o|target|schema|definition|spec|data|payload|(?:\w*(?:Options|Config|Opts|_options|_opts|_config)))$/,
    record,
  ],
  [
    /^(date|time|datetime|timestamp|dt|when|now|since|until|dateLeft|dateRight|dateString|(?:\w*(?:Date|_date)))$/,
    union([{ kind: 'date' }, number, text]),
  ],
  [/^(re|regex|regexp|reg)$/, union([{ kind: 'regexp' }, text])],
  [/^(buf|buffer|chunk|bytes_?|data_bytes)$/, union([{ kind: 'bytes' }, text])],
  [/^(err|error|exception|exc)$/, { kind: 'error' }],
  [/^(promise|thenable)$/, { kind: 'promise', of: anyShape }],
  [/^(a|b|left|right|first|second|lhs|rhs|v1|v2|one|two)$/, union([number, text])],
  [/^(idx\d|integer|int)$/, integer],
];

/** A surmise from the name alone: `any` where the name says nothing. */
export function shapeFromName(name: string): Shape {
  const plain = name.replace(/^[_$]+|[_$]+$/g, '');
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? anyShape;
}

/** From the default value's text: `options = {}`, `sep=', '`. */
export function shapeFromDefault(text: string): Shape | undefined {
  const plain = text.trim();
  if (/^(true|false|True|False|!0|!1)$/.test(plain)) return { kind: 'boolean' };
  if (/^-?\d+$/.test(plain)) return number;
  if (/^-?[\d.]+(e-?\d+)?$/i.test(plain)) return number;
  if (/^['"`]/.test(plain)) return text_;
  if (plain.startsWith('[')) return list;
  if (plain.startsWith('{')) return record;
  if (/^(\(|function|async|\w+\s*=>|lambda\b)/.test(plain)) return callback;
  return undefined;
}
const text_: Shape = text;
