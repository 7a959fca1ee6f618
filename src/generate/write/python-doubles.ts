/**
 * Python functions that make doubles of the network and of processes. A generated test holds those that it uses; the harness runs
 * the same text, so that what was seen there is what the test sees.
 */
export interface PythonDouble {
  /** What `mock.patch` replaces. */
  readonly target: string;
  /** The function of `source` that makes it. */
  readonly maker: string;
  /** Which part of a scene it takes. */
  readonly takes: 'answer' | 'program';
  readonly imports: readonly string[];
  /** Only where the code under test names this package. */
  readonly package: string;
  readonly source: string;
}

const network = { takes: 'answer' } as const;

export const pythonDoubles: readonly PythonDouble[] = [
  {
    ...network,
    target: 'urllib.request.urlopen',
    maker: 'answer_url',
    package: 'urllib',
    imports: ['email', 'io', 'urllib.error', 'urllib.response'],
    source: `def answer_url(status, kind, body):
    def urlopen(url, *_, **__):
        address = getattr(url, "full_url", url)
        headers = email.message_from_string("Content-Type: " + kind)
        if status == 0:
            raise urllib.error.URLError("connection refused")
        if status >= 400:
            raise urllib.error.HTTPError(address, status, "failed", headers, io.BytesIO(body))
        return urllib.response.addinfourl(io.BytesIO(body), headers, address, status)

    return urlopen`,
  },
  {
    ...network,
    target: 'http.client.HTTPConnection.request',
    maker: 'accept_request',
    package: 'http',
    imports: [],
    source: `def accept_request(status, kind, body):
    def request(*_, **__):
        if status == 0:
            raise ConnectionRefusedError(111, "Connection refused")

    return request`,
  },
  {
    ...network,
    target: 'http.client.HTTPConnection.getresponse',
    maker: 'answer_http',
    package: 'http',
    imports: ['io'],
    source: `def answer_http(status, kind, body):
    def getresponse():
        response = mock.MagicMock(status=status, reason="OK" if status < 400 else "failed")
        response.read = io.BytesIO(body).read
        response.getheader = lambda name, default=None: {"content-type": kind}.get(name.lower(), default)
        response.getheaders = lambda: [("Content-Type", kind)]
        return response

    return getresponse`,
  },
  {
    ...network,
    target: 'requests.Session.request',
    maker: 'answer_request',
    package: 'requests',
    imports: ['requests'],
    source: `def answer_request(status, kind, body):
    def request(method, url, *_, **__):
        if status == 0:
            raise requests.ConnectionError("connection refused")
        response = requests.Response()
        response.status_code, response.url, response._content = status, url, body
        response.headers["Content-Type"] = kind
        response.encoding = "utf-8"
        return response

    return request`,
  },
  {
    ...network,
    target: 'httpx.Client.request',
    maker: 'answer_httpx',
    package: 'httpx',
    imports: ['httpx'],
    source: `def answer_httpx(status, kind, body):
    def request(method, url, *_, **__):
        asked = httpx.Request(method, url)
        if status == 0:
            raise httpx.ConnectError("connection refused", request=asked)
        return httpx.Response(status, headers={"Content-Type": kind}, content=body, request=asked)

    return request`,
  },
  {
    ...network,
    target: 'httpx.AsyncClient.request',
    maker: 'answer_httpx_later',
    package: 'httpx',
    imports: ['httpx'],
    source: `def answer_httpx_later(status, kind, body):
    async def request(method, url, *_, **__):
        asked = httpx.Request(method, url)
        if status == 0:
            raise httpx.ConnectError("connection refused", request=asked)
        return httpx.Response(status, headers={"Content-Type": kind}, content=body, request=asked)

    return request`,
  },
  {
    target: 'subprocess.Popen',
    maker: 'run_program',
    takes: 'program',
    package: 'subprocess',
    imports: ['io'],
    source: `def run_program(code, output, errors):
    def start(words, *_, **named):
        if code < 0:
            raise FileNotFoundError(2, "No such file or directory")
        is_text = named.get("text") or named.get("universal_newlines") or named.get("encoding")
        process = mock.MagicMock(args=words, returncode=code, pid=1)
        streams = []
        for name, text in (("stdout", output), ("stderr", errors)):
            text = text if is_text else text.encode()
            streams.append(text if named.get(name) is not None else None)
            setattr(process, name, io.StringIO(text) if is_text else io.BytesIO(text))
        process.communicate.return_value = tuple(streams)
        process.wait.return_value = process.poll.return_value = code
        process.__enter__.return_value = process
        return process

    return start`,
  },
  {
    target: 'os.system',
    maker: 'run_command',
    takes: 'program',
    package: 'os',
    imports: [],
    source: `def run_command(code, output, errors):
    return lambda command: abs(code) * 256`,
  },
];

/** Classes of \`datetime\` whose present is fixed, and the moment. */
export const pythonClock = `class Alike(type):
    """Instances of the real class count as instances of its stand-in."""

    def __instancecheck__(cls, value):
        return isinstance(value, cls.__base__)


class FixedDate(datetime.date, metaclass=Alike):
    def __new__(cls, *given, **named):
        return cls.__base__(*given, **named)

    @classmethod
    def today(cls):
        return datetime.datetime.fromtimestamp(NOW, datetime.timezone.utc).date()


class FixedDatetime(datetime.datetime, metaclass=Alike):
    def __new__(cls, *given, **named):
        return cls.__base__(*given, **named)

    @classmethod
    def now(cls, tz=None):
        return cls.utcnow() if tz is None else cls.__base__.fromtimestamp(NOW, tz)

    @classmethod
    def today(cls):
        return cls.utcnow()

    @classmethod
    def utcnow(cls):
        return cls.__base__.fromtimestamp(NOW, datetime.timezone.utc).replace(tzinfo=None)`;
