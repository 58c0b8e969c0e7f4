import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailStore, type CaughtMail } from './mail-store';

describe('the mails of the inbox', () => {
  let folder: string;
  let file: string;
  const mail = (id: string, ...to: string[]): CaughtMail => {
    const receivedAt = '2026-01-02T03:04:05.000Z';
    return { id, receivedAt, to, from: 'a@b.test', subject: id, text: '', html: '', headers: {} };
  };
  const ids = (mails: readonly CaughtMail[]): string[] => mails.map(({ id }) => id);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mails-'));
    file = join(folder, 'home/mails.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are listed newest first', () => {
    const store = new MailStore(file);
    store.add(mail('1', 'x@y.test'));
    store.add(mail('2', 'x@y.test'));
    expect(ids(store.list())).toEqual(['2', '1']);
  });

  it('can be asked for by recipient, in any case of letters', () => {
    const store = new MailStore(file);
    store.add(mail('1', 'X@y.test'));
    store.add(mail('2', 'other@y.test', 'x@Y.test'));
    store.add(mail('3', 'other@y.test'));
    expect(ids(store.list('x@y.test'))).toEqual(['2', '1']);
    expect(store.list('nobody@y.test')).toEqual([]);
  });

  it('are still there after a restart, even after a torn last line', () => {
    new MailStore(file).add(mail('1', 'x@y.test'));
    appendFileSync(file, '{"id":"to');
    const store = new MailStore(file);
    store.add(mail('2', 'x@y.test'));
    expect(ids(new MailStore(file).list())).toEqual(['2', '1']);
    expect(store.find('1')?.subject).toBe('1');
  });

  it('are the last ones only', () => {
    const store = new MailStore(file, 3);
    for (let count = 1; count <= 8; count += 1) {
      store.add(mail(String(count), 'x@y.test'));
    }
    expect(ids(store.list())).toEqual(['8', '7', '6']);
    expect(readFileSync(file, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(6);
    expect(ids(new MailStore(file, 3).list())).toEqual(['8', '7', '6']);
  });

  it('can be thrown away', () => {
    const store = new MailStore(file);
    store.add(mail('1', 'x@y.test'));
    store.clear();
    expect(store.list()).toEqual([]);
    expect(new MailStore(file).list()).toEqual([]);
  });

  it('are for the eyes of their owner', () => {
    new MailStore(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
