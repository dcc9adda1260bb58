import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

/** Writes an archive of deflated members of any number of pieces, whose sizes stand behind them (APPNOTE 4.4.4, bit 3). Members below 4 GiB. */
export async function writeZip(file: string, members: Readonly<Record<string, Iterable<string>>>): Promise<void> {
  const out = createWriteStream(file);
  let offset = 0;
  const write = async (bytes: Buffer): Promise<void> => {
    offset += bytes.length;
    if (!out.write(bytes)) await once(out, 'drain');
  };
  const directory: Buffer[] = [];
  for (const [name, pieces] of Object.entries(members)) {
    const start = offset;
    let [crc, plain, packed] = [0, 0, 0];
    await write(Buffer.concat([Buffer.from('PK\x03\x04'), header(name, 0, 0, 0), Buffer.from(name)]));
    const counted = function* (): Generator<Buffer> {
      for (const piece of pieces) {
        const bytes = Buffer.from(piece);
        crc = crc32(bytes, crc);
        plain += bytes.length;
        yield bytes;
      }
    };
    for await (const chunk of Readable.from(counted()).pipe(createDeflateRaw({ level: constants.Z_BEST_SPEED }))) {
      packed += (chunk as Buffer).length;
      await write(chunk as Buffer);
    }
    const sizes = Buffer.alloc(16);
    sizes.write('PK\x07\x08', 'latin1');
    sizes.writeUInt32LE(crc, 4);
    sizes.writeUInt32LE(packed, 8);
    sizes.writeUInt32LE(plain, 12);
    await write(sizes);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(start, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), header(name, crc, packed, plain), place, Buffer.from(name)]));
  }
  const from = offset;
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(from, 16);
  await write(Buffer.concat([central, end]));
  out.end();
  await once(out, 'close');
}

function header(name: string, crc: number, packed: number, plain: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(0x808, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(plain, 18);
  bytes.writeUInt16LE(Buffer.byteLength(name), 22);
  return bytes;
}
