const many = (text: string, times = 1000): string => text.repeat(times);

/** Texts that parsers, databases, templates, shells and spreadsheets have been known to take for something else. */
const INJECTIONS = String.raw`
' OR '1'='1
' OR 1=1--
" OR ""="
'; DROP TABLE users;--
1; SELECT pg_sleep(5)--
1' AND SLEEP(5)#
' UNION SELECT NULL,NULL,NULL--
' UNION SELECT password_hash FROM users--
1) OR (1=1
admin'--
\'; DROP TABLE orders;--
$$; DROP TABLE users; $$
%27%20OR%201=1
%
_
\
\\
%_%
a\%
1 OR 1=1
id; --
id DESC; DROP TABLE users
(SELECT 1)
(CASE WHEN 1=1 THEN 1 ELSE 1/0 END)
COALESCE(NULL,1)
pg_sleep(10)
current_setting('is_superuser')
{"$gt":""}
{"$ne":null}
{"$where":"sleep(1000)"}
[$ne]
{{7*7}}
\${7*7}
#{7*7}
<%= 7*7 %>
{{constructor.constructor('return process')()}}
{{range.constructor("return global.process.exit()")()}}
\${process.exit(1)}
\${jndi:ldap://127.0.0.1/a}
*)(uid=*))(|(uid=*
*()|&'
(cn=*)
)(&)
' or count(/child::node())=1 or 'a'='b
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>
<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></x>
]]>
<script>alert(1)</script>
"><img src=x onerror=alert(1)>
<svg/onload=alert(1)>
javascript:alert(1)
data:text/html;base64,PHNjcmlwdD4=
'-alert(1)-'
../../../../etc/passwd
..%2f..%2f..%2fetc%2fpasswd
%2e%2e%2f
....//....//
..\..\..\windows\win.ini
/etc/passwd
file:///etc/passwd
C:\boot.ini
/proc/self/environ
http://169.254.169.254/latest/meta-data/
http://127.0.0.1:6379/
http://[::1]/
http://[::ffff:127.0.0.1]/
http://2130706433/
http://0x7f.1/
http://localhost.localdomain/
gopher://127.0.0.1:6379/_FLUSHALL
dict://127.0.0.1:11211/
ftp://127.0.0.1/
http://a@127.0.0.1/
//127.0.0.1
; ls
| cat /etc/passwd
&& sleep 5
$(sleep 5)
\`sleep 5\`
() { :;}; sleep 5
-rf
--help
=1+1
+1+1
-1+1
@SUM(1)
=HYPERLINK("http://a","b")
=cmd|'/c calc'!A1
=IMPORTXML("http://a","b")
-
=
@
+
__proto__
constructor
prototype
toString
hasOwnProperty
valueOf
__defineGetter__
[object Object]
undefined
null
NULL
None
nil
true
false
NaN
Infinity
-Infinity
0
-0
-1
1e3
0x10
0b11
0o17
 1
1 
+1
1.0
1,5
١٢٣
１２３
1e309
99999999999999999999
2147483648
9007199254740993
9223372036854775808
1;2
1|2
2024-02-30
0000-01-01
10000-01-01
-0001-01-01
1970-01-01
2024-13-01
2024-02-29T24:00:00Z
2024-02-29T23:59:60Z
2024-01-01T00:00:00+14:00
2024-01-01T00:00:00-12:00
2024-01-01T00:00:00+99:99
24:00
25:61
08:00:00.000
P1D
1e400
%s%s%s%n
%x%x%x
%00
%0d%0aSet-Cookie: a=b
a@b
a@b.c'--
"a b"@example.com
a@[127.0.0.1]
a@example.com\nBcc: b@example.com
a@xn--80ak6aa92e.com
ADMIN@DEMO.TEST
owner@demo.test
İ
ı
ß
ﬀ
Å
Å
EV_CHARGER
ev_charger
{}
[]
[[[[[[[[[[
{"a":
"
'
${'`'}
,
;
:
#
?
&a=b
`
  .split('\n')
  .slice(1, -1);

/** Texts that are hard as texts. */
const UNICODE = [
  '',
  ' ',
  '\t',
  '\r\nX-Injected: 1',
  'a\u0000b',
  '\u0000',
  '\ud800',
  'a\udc00b',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\u200b',
  '\u202e\u202dabc',
  '\u2066\u2069',
  '\u0007\u001b[31m',
  '\u007f\u0080\u009f',
  'é',
  'e\u0301',
  '\u1e9e',
  '👩‍👩‍👧‍👦',
  '🇩🇿🇯🇴',
  'مركز شحن',
  '١٢٣٤٥',
  '\u2028\u2029',
  '\u{10ffff}',
  '﷽﷽',
  many('a', 255),
  many('a', 256),
  many('a\u0301'),
  many('\u200d'),
  many('\u202e'),
  many('😀'),
  many("'"),
  many('%', 5000),
  many('\\', 5000),
  many('a', 70_000),
];

export const HOSTILE_TEXTS: readonly string[] = [...INJECTIONS, ...UNICODE];

/** As long as a body may be. */
export const HUGE_TEXT = many('x', 1_000_000);
