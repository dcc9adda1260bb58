import { join } from 'node:path';
import { benchWaybill } from './waybill.ts';

const [file, folder] = process.argv.slice(2) as [string, string];
const times = await benchWaybill(file, join(folder, 'bench.waybill'), join(folder, 'home'));
process.stdout.write(`${JSON.stringify(times)}\n`);
