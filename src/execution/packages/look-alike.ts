/** Names that people mistype, and that others therefore register. */

// prettier-ignore
const wellKnown: Readonly<Record<'python' | 'npm', readonly string[]>> = {
  python: 'requests urllib3 numpy pandas scipy matplotlib pillow pyyaml setuptools cryptography certifi boto3 botocore six python-dateutil click flask django jinja2 markupsafe sqlalchemy pytest scikit-learn tensorflow torch opencv-python beautifulsoup4 lxml aiohttp httpx fastapi pydantic uvicorn starlette redis celery psycopg2-binary psycopg2 pymysql pymongo selenium playwright scrapy colorama tqdm rich attrs packaging virtualenv pip wheel black mypy pylint flake8 isort ruff coverage hypothesis paramiko fabric ansible docker kubernetes google-auth protobuf grpcio transformers huggingface-hub openai anthropic langchain seaborn plotly bokeh streamlit gradio networkx sympy nltk spacy gensim jsonschema toml tomli python-dotenv pyjwt bcrypt passlib werkzeug gunicorn tornado twisted gevent xmltodict openpyxl xlsxwriter tabulate termcolor simplejson ujson orjson msgpack pytz tzdata idna chardet charset-normalizer regex joblib numba cython pyarrow dask polars statsmodels xgboost lightgbm keras faker freezegun responses tenacity loguru typer marshmallow alembic peewee psutil watchdog pexpect'.split(' '),
  npm: 'react react-dom preact next vue svelte express lodash axios chalk commander debug request async moment dayjs uuid semver glob rimraf mkdirp minimist yargs inquirer webpack rollup vite esbuild typescript eslint prettier jest mocha chai vitest sinon ava cypress playwright puppeteer jsdom cheerio ws socket.io redis ioredis mongoose mongodb mysql mysql2 pg sequelize knex typeorm prisma graphql apollo-server koa fastify hapi body-parser cors cookie-parser dotenv cross-env nodemon pm2 concurrently husky lint-staged babel-core core-js regenerator-runtime rxjs redux mobx zustand immer classnames styled-components tailwindcss postcss autoprefixer sass less bootstrap jquery underscore ramda bluebird through2 readable-stream graceful-fs fs-extra cross-spawn execa ora colors color-convert ansi-styles strip-ansi string-width nanoid zod joi ajv validator bcrypt bcryptjs jsonwebtoken passport nodemailer multer sharp winston pino morgan date-fns luxon d3 three chart.js electron cac fast-glob micromatch picomatch chokidar undici node-fetch got superagent supertest nock ts-node tsx tslib'.split(' '),
};

/** The well-known name that another one is mistaken for; undefined where it is well known itself or like none. */
export function lookAlikeOf(ecosystem: 'python' | 'npm', name: string): string | undefined {
  const plain = plainName(name);
  const known = wellKnown[ecosystem];
  if (known.some((other) => plainName(other) === plain)) return undefined;
  return known.find((other) => {
    const target = plainName(other);
    // Of short names most are close to another one.
    if (target.length < 4) return false;
    return isOneEditAway(plain, target) || unified(plain) === unified(target);
  });
}

const plainName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** Signs that look alike, and words that add nothing. */
const unified = (name: string): string =>
  name
    .replace(/[-]|^(?:python|py|node|js)-|-(?:python|py|js|node)$/g, '')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('rn', 'm');

/** One letter more, less, another, or two exchanged. */
function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return (
    left.length + right.length <= 1 ||
    (left.length === 1 && right.length === 1) ||
    (left.length === 2 && left[0] === right[1] && left[1] === right[0])
  );
}
