/** A port that webhooks may lead to: what is refused here is refused for its address, not for its port. */
export const CANARY_PORT = 8443;

/** Ways to write an address of this machine. */
const HOSTS_HERE = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1'],
  ...['017700000001', '0', '0.0.0.0', '127.0.0.1.', '１２７.０.０.１', '①②⑦.⓪.⓪.①', '127。0。0。1', '%31%32%37.0.0.1'],
  ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:1]'],
  ...['[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[fe80::1]'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'ip6-localhost', 'printer.local'],
];
/** Ways to write an address of a network that strangers have no business in. */
const HOSTS_NEAR = [
  ...['10.0.0.1', '10.1', '0xa.0.0.1', '167772161', '172.16.0.1', '172.31.255.255', '192.168.0.1', '0300.0250.0.1'],
  ...['100.64.0.1', '198.18.0.1', '192.0.0.1', '192.0.2.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['[fd00::1]', '[fc00::1]', '[ff02::1]', '[::ffff:10.0.0.1]', '[::ffff:192.168.0.1]', '[64:ff9b::10.0.0.1]'],
  ...['postgres', 'redis', 'postgres.open-cpo-data.svc.cluster.local', 'db.internal', 'wiki.corp', 'nas.lan'],
];
/** Ways to write where clouds tell machines their credentials. */
const METADATA = [
  ...[
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '[::ffff:169.254.169.254]',
  ],
  ...['[fd00:ec2::254]', '100.100.100.200', 'metadata.google.internal', '169.254.170.2'],
];

/** Whatever the host, these are no addresses of webhooks. */
const TRICKS = [
  `http://127.0.0.1:${CANARY_PORT}/`,
  `https://user:secret@127.0.0.1:${CANARY_PORT}/`,
  `https://hooks.example.com@127.0.0.1:${CANARY_PORT}/`,
  `https://hooks.example.com:443@127.0.0.1:${CANARY_PORT}/`,
  `https://127.0.0.1:${CANARY_PORT}\\@hooks.example.com/`,
  `https://127.0.0.1:${CANARY_PORT}/?https://hooks.example.com/`,
  `https:127.0.0.1:${CANARY_PORT}/`,
  `https:///127.0.0.1:${CANARY_PORT}/`,
  `\thttps://127.0.0.1:${CANARY_PORT}/`,
  `https://127.0.0.1\t:${CANARY_PORT}/`,
  'https://hooks.example.com:6379/',
  'https://hooks.example.com:22/',
  'https://hooks.example.com:5432/',
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'file:///etc/passwd',
  `gopher://127.0.0.1:${CANARY_PORT}/_POST`,
  `ftp://127.0.0.1:${CANARY_PORT}/`,
  `dict://127.0.0.1:${CANARY_PORT}/`,
  'data:text/plain,x',
  'javascript:alert(1)',
  `//127.0.0.1:${CANARY_PORT}/`,
  '',
  'x',
];

/** Every address that no webhook may lead to. */
export const insideAddresses: readonly string[] = [
  ...[...HOSTS_HERE, ...HOSTS_NEAR, ...METADATA].map((host) => `https://${host}:${CANARY_PORT}/hook`),
  ...TRICKS,
];
