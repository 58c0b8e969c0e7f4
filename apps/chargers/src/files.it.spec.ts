import { type ChargerCommand, chargerCommands, chargers, type NewCharger, type SendCommand } from '@open-cpo/contracts';
import { type SimulatedCharger, SimulatedStation, until } from '@open-cpo/testing';
import { MessageLog } from './messages/message-log';
import { type Chargers, owner, startChargers } from './test/chargers';

const location = 'https://files.example.com/in/1?signature=s3cr3t';

describe('files of chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 900;

  beforeAll(async () => (service = await startChargers('charger_files')));
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });
  afterEach(() => socket?.terminate());

  const send = (input: Omit<SendCommand, 'id'>): Promise<ChargerCommand> =>
    service.bus.call(chargerCommands.send, { id: charger.id, ...input }, owner());
  const becomes = ({ id }: ChargerCommand, wanted: Partial<ChargerCommand>): Promise<ChargerCommand> =>
    until(
      async () => {
        const command = await service.bus.call(chargerCommands.one, { id: charger.id, command_id: id }, owner());
        const fits = Object.entries(wanted).every(([key, value]) => command[key as keyof ChargerCommand] === value);
        return fits ? command : undefined;
      },
      `the command to be ${JSON.stringify(wanted)}`,
    );

  it('are uploaded, as far as the charger says', async () => {
    socket = await service.connect(charger);
    socket.answers.set('GetDiagnostics', () => ({ fileName: 'log.zip' }));
    const command = await send({ type: 'diagnostics', location, from: '2026-03-01T10:00:00Z' });
    await becomes(command, { state: 'accepted', file: 'log.zip', effect: 'expected', progress: null });
    expect(socket.calls[0]?.payload).toEqual({ location, startTime: '2026-03-01T10:00:00Z' });
    await socket.call('DiagnosticsStatusNotification', { status: 'Uploading' });
    await becomes(command, { progress: 'Uploading', effect: 'expected' });
    await socket.call('DiagnosticsStatusNotification', { status: 'Uploaded' });
    await socket.call('DiagnosticsStatusNotification', { status: 'Idle' });
    const done = await becomes(command, { progress: 'Uploaded', effect: 'observed' });
    expect(done.request).toEqual({ location: 'https://files.example.com/in/1?***', from: '2026-03-01T10:00:00Z' });
    // A charger that has nothing to upload.
    socket.answers.set('GetDiagnostics', () => ({}));
    await becomes(await send({ type: 'diagnostics', location }), { state: 'rejected', status: 'NoFile' });
  });

  it('are installed, or are not', async () => {
    socket = await service.connect(charger);
    socket.answers.set('UpdateFirmware', () => ({}));
    const command = await send({ type: 'firmware', location });
    await becomes(command, { state: 'accepted', effect: 'expected' });
    expect(socket.calls[0]?.payload).toEqual({ location, retrieveDate: expect.stringMatching(/Z$/) });
    await socket.call('FirmwareStatusNotification', { status: 'DownloadFailed' });
    await becomes(command, { progress: 'DownloadFailed', effect: 'missing' });
    const again = await send({ type: 'firmware', location });
    await becomes(again, { state: 'accepted' });
    await socket.call('FirmwareStatusNotification', { status: 'Installed' });
    await becomes(again, { progress: 'Installed', effect: 'observed' });
  });

  it('are the log of security events and signed firmware, where the charger has the security extension', async () => {
    socket = await service.connect(charger);
    socket.answers
      .set('GetLog', () => ({ status: 'Accepted', filename: 'security.log' }))
      .set('SignedUpdateFirmware', () => ({ status: 'Accepted' }));
    const log = await send({ type: 'diagnostics', location, log: 'security' });
    await becomes(log, { state: 'accepted', file: 'security.log', effect: 'expected' });
    const asked = { logType: 'SecurityLog', requestId: log.id, log: { remoteLocation: location } };
    expect(socket.calls[0]).toMatchObject({ action: 'GetLog', payload: asked });
    await socket.call('LogStatusNotification', { status: 'UploadFailure', requestId: log.id });
    await becomes(log, { progress: 'UploadFailure', effect: 'missing' });
    const [signing_certificate, signature] = ['-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n', 'c2ln'];
    const update = await send({ type: 'firmware', location, signing_certificate, signature });
    await becomes(update, { state: 'accepted', effect: 'expected' });
    expect(update.request).toMatchObject({ location: 'https://files.example.com/in/1?***', signed: true });
    expect(JSON.stringify(update)).not.toContain(signature);
    expect(socket.calls[1]).toMatchObject({
      action: 'SignedUpdateFirmware',
      payload: { requestId: update.id, firmware: { location, signingCertificate: signing_certificate, signature } },
    });
    await socket.call('SignedFirmwareStatusNotification', { status: 'InvalidSignature', requestId: update.id });
    await becomes(update, { progress: 'InvalidSignature', effect: 'missing' });
    socket.answers.set('SignedUpdateFirmware', () => ({ status: 'InvalidCertificate' }));
    await becomes(await send({ type: 'firmware', location, signing_certificate, signature }), {
      state: 'rejected',
      status: 'InvalidCertificate',
    });
    // Another one, without the extension, is not refused for what this one does not have.
    socket.answers.delete('GetLog');
    await becomes(await send({ type: 'diagnostics', location, log: 'security' }), { state: 'failed' });
    await expect(send({ type: 'diagnostics', location, log: 'security' })).rejects.toMatchObject({ code: 'conflict' });
    socket.answers.set('GetDiagnostics', () => ({ fileName: 'log.zip' }));
    await becomes(await send({ type: 'diagnostics', location }), { state: 'accepted', file: 'log.zip' });
  });

  it('are signed by certificate and signature, or not at all', async () => {
    for (const [given, missing] of [
      [{ signature: 'c2ln' }, 'signing_certificate'],
      [{ signing_certificate: 'x' }, 'signature'],
    ] as const) {
      await expect(send({ type: 'firmware', location, ...given })).rejects.toMatchObject({
        fields: { [missing]: [expect.stringContaining('required')] },
      });
    }
  });

  it('are those of chargers of OCPP 2.0.1, by the number of the request', async () => {
    const { url } = service;
    const { identity, credential } = charger;
    const station = await SimulatedStation.connect({ url, identity, password: credential.password });
    socket = station.charger;
    socket.answers
      .set('GetLog', () => ({ status: 'AcceptedCanceled', filename: 'log.zip' }))
      .set('UpdateFirmware', () => ({ status: 'Rejected' }));
    const [first, second] = [
      await send({ type: 'diagnostics', location }),
      await send({ type: 'diagnostics', location }),
    ];
    await becomes(second, { state: 'accepted', file: 'log.zip' });
    expect(socket.calls[0]?.payload).toMatchObject({ requestId: first.id, log: { remoteLocation: location } });
    await station.call('LogStatusNotification', { status: 'Uploaded', requestId: first.id });
    await becomes(first, { progress: 'Uploaded' });
    await becomes(second, { progress: null });
    await station.call('LogStatusNotification', { status: 'BadMessage', requestId: 2_000_000_000 });
    await station.call('FirmwareStatusNotification', { status: 'Installed' });
    await becomes(await send({ type: 'firmware', location }), { state: 'rejected' });
    const before = await service.bus.call(chargerCommands.one, { id: charger.id, command_id: second.id }, owner());
    expect(before.progress).toBeNull();
  });

  it('are not kept with what signs their address', async () => {
    socket = await service.connect(charger);
    socket.answers.set('UpdateFirmware', () => ({}));
    await becomes(await send({ type: 'firmware', location }), { state: 'accepted' });
    await service.service.app.get(MessageLog).flush();
    const { data } = await service.bus.call(chargers.messages, { id: charger.id, action: 'UpdateFirmware' }, owner());
    expect(data).toHaveLength(2);
    expect(JSON.stringify(data)).not.toContain('s3cr3t');
  });

  it('are refused clearly by a charger that has no such thing', async () => {
    socket = await service.connect(charger);
    await becomes(await send({ type: 'firmware', location }), { state: 'failed', error: 'NotSupported: ' });
    await expect(send({ type: 'firmware', location })).rejects.toMatchObject({ code: 'conflict' });
    // After it has started it may have.
    await socket.boot();
    socket.answers.set('UpdateFirmware', () => ({}));
    await becomes(await send({ type: 'firmware', location }), { state: 'accepted' });
  });

  it.each([
    'http://files.example.com/a',
    'ftp://files.example.com/a',
    'https://127.0.0.1/a',
    'https://10.0.0.7/a',
    'https://[::1]/a',
    'https://169.254.169.254/latest/meta-data',
    'https://user:word@files.example.com/a',
    'https://files.example.com:22/a',
    'https://postgres.internal/a',
    'https://files.example.com\\@10.0.0.1/f',
    'https://files.example.com/a\\b',
    'https://files.exam\tple.com/a',
    'https://files.example.com/a b',
    `https://files.example.com/${'ü'.repeat(100)}`,
    'no address',
    '',
  ])('go to and come from public addresses alone: %s', async (address) => {
    for (const type of ['diagnostics', 'firmware'] as const) {
      await expect(send({ type, location: address })).rejects.toMatchObject({
        code: 'validation_failed',
        fields: { location: [expect.any(String)] },
      });
    }
  });

  it('have their address sent as it was read', async () => {
    socket = await service.connect(charger);
    await send({ type: 'firmware', location: 'HTTPS://Files.Example.com/in/../fw.bin' });
    await until(() => socket.calls.length > 0, 'the command');
    expect(socket.calls[0]?.payload).toMatchObject({ location: 'https://files.example.com/fw.bin' });
  });

  it.each([40, -1])('are not fetched %s days from now', async (days) => {
    const retrieve_at = new Date(Date.now() + days * 86_400_000).toISOString();
    await expect(send({ type: 'firmware', location, retrieve_at })).rejects.toMatchObject({
      fields: { retrieve_at: [expect.any(String)] },
    });
  });
});
