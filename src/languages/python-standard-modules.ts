/** Top-level modules of the standard library, Python 2.7 and 3.10 to 3.13 (`sys.stdlib_module_names` and its forerunners). */
const modules: ReadonlySet<string> = new Set(
  `BaseHTTPServer ConfigParser Cookie HTMLParser Queue SimpleHTTPServer SocketServer StringIO Tkinter UserDict UserList UserString
  __builtin__ __future__ __main__ _collections_abc _io _thread _weakref abc aifc antigravity anydbm argparse array ast asynchat asyncio
  asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cPickle cProfile cStringIO calendar cgi cgitb chunk cmath cmd code
  codecs codeop collections colorsys commands compileall concurrent configparser contextlib contextvars cookielib copy copy_reg copyreg
  crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest dummy_thread email encodings ensurepip enum errno
  exceptions faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp
  gzip hashlib heapq hmac html htmlentitydefs http httplib idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
  lib2to3 linecache locale logging lzma mailbox mailcap marshal math md5 mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis
  nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform
  plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
  reprlib resource rlcompleter runpy sched secrets select selectors sets sha shelve shlex shutil signal site smtpd smtplib sndhdr socket
  socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys
  sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this thread threading time timeit tkMessageBox tkinter token
  tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib urllib2 urlparse uu uuid venv
  warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc xmlrpclib zipapp zipfile zipimport zlib zoneinfo`.split(
    /\s+/,
  ),
);

/** Whether a dotted module name belongs to the standard library. */
export function isStandardPythonModule(name: string): boolean {
  const dot = name.indexOf('.');
  return modules.has(dot < 0 ? name : name.slice(0, dot));
}
