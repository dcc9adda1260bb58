import { UserError } from '../../model/errors.ts';
import type { ContainerLimits } from './types.ts';

/** Text logs seldom shrink to less than a hundredth; deflate cannot do better than 1:1,032. */
export const DEFAULT_LIMITS: ContainerLimits = {
  maxRatio: 500,
  maxMemberBytes: 64 * 1024 ** 3,
  maxMembers: 100_000,
  maxDepth: 4,
};

/** Below this size no ratio is looked at: a few KB of zeros harm nobody. */
export const RATIO_GRACE_BYTES = 16 * 1024 ** 2;

/** Largest archive that is kept in memory because it stands inside another one or comes from stdin. */
export const MAX_NESTED_ARCHIVE_BYTES = 512 * 1024 ** 2;

/**
 * Passes chunks on while they stay within the limits.
 * @param compressed how many compressed bytes have gone in so far.
 * @throws UserError `archive-unsafe` for a bomb, `limit-exceeded` for size.
 */
export async function* guarded(
  chunks: AsyncIterable<Uint8Array>,
  compressed: () => number,
  limits: ContainerLimits,
  name: string,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limits.maxMemberBytes) {
      throw new UserError('limit-exceeded', `${name} unpacks to more than ${limits.maxMemberBytes} bytes`, name);
    }
    if (total > RATIO_GRACE_BYTES && total > limits.maxRatio * Math.max(1, compressed())) {
      throw new UserError(
        'archive-unsafe',
        `${name} unpacks to more than ${limits.maxRatio} times its size: this is not what logs do`,
        name,
      );
    }
    yield chunk;
  }
}
