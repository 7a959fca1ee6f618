/**
 * What a function takes from or does to the world beside its parameters, by what link calls the outside thing
 * (`py:time#time`, `node:fs#readFileSync`, `java:java.lang.System#nanoTime`).
 */
import type { HiddenInputKind } from '#model/score.ts';

type Patterns = readonly (readonly [HiddenInputKind, RegExp])[];

const python: Patterns = [
  ['time', /^time#(?:time|monotonic|perf_counter|process_time|localtime|gmtime|strftime|ctime|sleep)/],
  ['time', /^datetime#(?:datetime\.(?:now|utcnow|today)|date\.today)/],
  ['time', /^(?:django\.utils\.timezone#(?:now|localtime|localdate)|asyncio#sleep|pendulum#now|arrow#(?:now|utcnow))/],
  ['random', /^(?:random|secrets|numpy\.random)#|^uuid#uuid[14]$|^os#urandom/],
  ['environment', /^os#(?:getenv|environ|getcwd|getpid|getuid|getlogin|uname|cpu_count|get_terminal_size)/],
  ['environment', /^(?:platform|getpass|locale|pwd)#|^socket#gethostname/],
  [
    'files',
    /^builtins#open$|^io#open|^(?:shutil|tempfile|glob)#|^os#(?:listdir|scandir|walk|remove|unlink|rename|replace|mkdir|makedirs|rmdir|stat|chmod|open|link|symlink|utime|access)/,
  ],
  ['files', /^os\.path#(?:exists|isfile|isdir|islink|getmtime|getsize|realpath|expanduser)/],
  [
    'files',
    /^pathlib#(?:Path|PosixPath)\(\)\.(?:read_|write_|open|mkdir|rmdir|unlink|exists|is_file|is_dir|iterdir|glob|rglob|touch|rename|stat|resolve)|^pathlib#Path\.(?:home|cwd)/,
  ],
  [
    'network',
    /^(?:requests|httpx|aiohttp|urllib\.request|urllib3|http\.client|smtplib|ftplib|imaplib|boto3|botocore|paramiko|websockets?)#/,
  ],
  ['network', /^socket#(?:socket|create_connection|getaddrinfo|gethostbyname)/],
  ['process', /^(?:subprocess|multiprocessing|signal|pty)#|^os#(?:system|popen|fork|kill|exec|spawn|_exit)|^sys#exit/],
  ['process', /^threading#(?:Thread|Timer)/],
  ['database', /^(?:sqlite3|psycopg2?|pymysql|MySQLdb|asyncpg|redis|pymongo)#/],
  ['console', /^builtins#(?:print|input)$|^sys#std(?:in|out|err)/],
];

const globals: Patterns = [
  ['time', /^(?:Date(?:\.now)?|performance\.now|setTimeout|setInterval|setImmediate|requestAnimationFrame)$/],
  ['random', /^(?:Math\.random|crypto\.(?:randomUUID|getRandomValues))$/],
  ['environment', /^(?:process\.(?:env|argv|cwd|platform|version|memoryUsage|hrtime)|navigator)\b/],
  ['process', /^process\.(?:exit|kill|on|once|abort)\b/],
  ['network', /^(?:fetch|XMLHttpRequest|WebSocket|EventSource)\b/],
  ['database', /^indexedDB\b/],
  ['console', /^console\.(?:log|error|warn|info|debug|trace|table|group)|^process\.std(?:out|err|in)\b/],
  [
    'interface',
    /^(?:document|window|location|history|localStorage|sessionStorage|alert|confirm|prompt|getComputedStyle|matchMedia)\b/,
  ],
];

const node: Patterns = [
  ['files', /^(?:fs|fs\/promises)#/],
  ['random', /^crypto#(?:random|getRandomValues)/],
  ['environment', /^(?:os|process)#/],
  ['network', /^(?:https?|http2|net|dgram|tls|dns)#/],
  ['process', /^(?:child_process|worker_threads|cluster)#/],
  ['time', /^(?:timers|timers\/promises|perf_hooks)#/],
  ['console', /^readline#/],
];

const npm: Patterns = [
  ['network', /^(?:axios|node-fetch|got|superagent|request|undici|ky|ws|socket\.io-client|cross-fetch)#/],
  ['files', /^(?:fs-extra|graceful-fs|glob|fast-glob|rimraf|mkdirp)#/],
  ['process', /^(?:execa|cross-spawn|shelljs)#/],
  ['random', /^(?:uuid|nanoid)#/],
  ['database', /^(?:pg|mysql2?|sqlite3|better-sqlite3|mongodb|redis|ioredis)#/],
];

const java: Patterns = [
  ['time', /^java\.lang\.System#(?:currentTimeMillis|nanoTime)|^java\.lang\.Thread#sleep|^java\.time\.\w+#now/],
  [
    'random',
    /^java\.lang\.Math#random|^java\.util\.(?:Random|concurrent\.ThreadLocalRandom)#|^java\.util\.UUID#randomUUID/,
  ],
  ['environment', /^java\.lang\.System#(?:getenv|getProperty)|^java\.net\.InetAddress#getLocalHost/],
  [
    'files',
    /^java\.nio\.file\.Files#|^java\.io\.(?:File|FileReader|FileWriter|File(?:In|Out)putStream|RandomAccessFile)\b/,
  ],
  ['network', /^java\.net\.(?!URI\b|URL(?:En|De)coder\b|InetAddress#getLocalHost)/],
  ['process', /^java\.lang\.(?:Runtime|ProcessBuilder)#|^java\.lang\.System#exit/],
  ['database', /^java\.sql\.(?:DriverManager|Connection|Statement|PreparedStatement)/],
  ['console', /^java\.lang\.System#(?:out|err|in)\b/],
];

const go: Patterns = [
  ['time', /^time#(?:Now|Since|Until|Sleep|After|Tick|NewTimer|NewTicker)/],
  ['random', /^(?:math\/rand(?:\/v2)?|crypto\/rand)#/],
  ['environment', /^os#(?:Getenv|LookupEnv|Args|Getwd|Hostname|Environ)/],
  [
    'files',
    /^(?:io\/ioutil|path\/filepath)#(?:ReadFile|WriteFile|ReadDir|Walk|Glob|TempFile|TempDir)|^os#(?:Open|Create|ReadFile|WriteFile|ReadDir|Remove|Rename|Mkdir|Stat|Chmod)/,
  ],
  ['network', /^(?:net|net\/http|net\/smtp|net\/rpc)#(?:Dial|Listen|Get|Post|Head|NewRequest|Lookup|DefaultClient)/],
  ['process', /^os\/exec#|^os#(?:Exit|StartProcess)|^syscall#/],
  ['database', /^database\/sql#Open/],
  ['console', /^fmt#(?:Print|Scan)|^log#(?:Print|Fatal|Panic)/],
];

const ecosystems: Readonly<Record<string, Patterns>> = {
  'py:': python,
  'js:globals#': globals,
  'node:': node,
  'npm:': npm,
  'java:': java,
  'go:': go,
};

const known = new Map<string, HiddenInputKind | undefined>();

/** Undefined for what gives the same whenever it is asked. */
export function hiddenInputOf(external: string): HiddenInputKind | undefined {
  if (known.has(external)) return known.get(external);
  let found: HiddenInputKind | undefined;
  for (const [prefix, patterns] of Object.entries(ecosystems))
    if (external.startsWith(prefix)) {
      const rest = external.slice(prefix.length);
      found = patterns.find(([, pattern]) => pattern.test(rest))?.[0];
      break;
    }
  known.set(external, found);
  return found;
}

/** Members of outside modules that are read and not called: `os.environ`, `process.env`. The text from the module's name on. */
const readMembers: readonly (readonly [HiddenInputKind, RegExp])[] = [
  ['environment', /^(?:os\.environ|sys\.(?:argv|platform|path)|process\.(?:env|argv|platform))\b/],
  ['console', /^(?:sys|process)\.std(?:in|out|err)\b/],
  ['interface', /^(?:window|document|location|navigator)\.\w/],
];

export function hiddenInputRead(text: string): { readonly kind: HiddenInputKind; readonly name: string } | undefined {
  for (const [kind, pattern] of readMembers) {
    const name = pattern.exec(text)?.[0];
    if (name !== undefined) return { kind, name };
  }
  return undefined;
}
