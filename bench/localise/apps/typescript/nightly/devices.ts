import { Decoder, decode, decodeMulti, Encoder, ExtensionCodec, encode } from '../packages/msgpack/src/index';
import { task } from './journal';

const STATE = {
  id: 7,
  name: 'Größe',
  temps: [-1, -33, 127, 128, 255, 256, 65536, 2 ** 40, -129, -40000, 1.5, -0.1],
  on: true,
  off: false,
  none: null,
  raw: new Uint8Array([1, 2, 250]),
  at: new Date(1772438400123),
  long: 'x'.repeat(40),
  deep: { a: { b: [[], {}] } },
};

task('state of the devices cannot be packed', (log) => {
  const packed = encode(STATE);
  log.compare('packed device state differs', [
    packed.length,
    Buffer.from(packed).toString('hex').slice(0, 160),
  ]);
  log.compare('device state was read otherwise', decode(packed));
  log.compare(
    'sorted device state differs',
    Buffer.from(encode({ b: 1, a: 2, c: undefined }, { sortKeys: true, ignoreUndefined: true })).toString(
      'hex',
    ),
  );
  log.compare('short numbers of the device differ', [
    Buffer.from(encode([1.5, 2], { forceFloat32: true })).toString('hex'),
    Buffer.from(encode('é'.repeat(300))).length,
  ]);
});

task('message of a device cannot be unpacked', (log) => {
  const codec = new ExtensionCodec();
  codec.register({
    type: 3,
    encode: (object) => (object instanceof Set ? encode([...object]) : null),
    decode: (data) => new Set(decode(data) as unknown[]),
  });
  const packed = encode({ seen: new Set([1, 'two']), rest: 5 }, { extensionCodec: codec });
  log.compare('extended message differs', decode(packed, { extensionCodec: codec }));
  log.compare('messages of a row differ', [
    ...decodeMulti(Buffer.concat([encode(1), encode(['a', { b: 2 }]), encode('é')])),
  ]);
  const decoder = new Decoder({ maxStrLength: 5 });
  for (const bytes of [
    encode('too long a text'),
    new Uint8Array([0x93, 1]),
    new Uint8Array([0xc1]),
    new Uint8Array([1, 2]),
    new Uint8Array([0x81, 0xc0, 1]),
  ]) {
    try {
      log.compare('a broken message was accepted', decoder.decode(bytes));
    } catch (error) {
      log.compare('a broken message is told otherwise', (error as Error).message);
    }
  }
  const encoder = new Encoder({ maxDepth: 3 });
  try {
    encoder.encode([[[[1]]]]);
  } catch (error) {
    log.compare('a message too deep is told otherwise', (error as Error).message);
  }
  log.compare('big numbers of a message differ', [
    decode(encode(2n ** 60n, { useBigInt64: true }), { useBigInt64: true }),
    decode(new Uint8Array([0xd3, 255, 255, 255, 255, 255, 255, 255, 254])),
  ]);
});
