import type { Company } from './define.ts';
import { INSURER } from './insurer/index.ts';
import { SHOP } from './shop/index.ts';
import { WHOLESALE } from './wholesale/index.ts';

/** The made-up companies. */
export const COMPANIES: readonly Company[] = [SHOP, INSURER, WHOLESALE];
