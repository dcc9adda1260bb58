import { describe, expect, it } from 'vitest';
import { errorText } from './error-text.ts';

describe('errorText', () => {
  it('keeps the first line of a stack trace', () => {
    expect(errorText('Connection refused: gw:8443\njava.net.ConnectException: Connection refused\n\tat a.b.C(C.java:1)')).toBe(
      'Connection refused: gw:8443',
    );
  });

  it('drops what a logger puts before the message, and the ids of the trace', () => {
    expect(
      errorText(
        '16:43:17.039 ERROR e.s.ExecuteServiceImpl#51 TraceID: 0ffc68aebbc0e3ab2675bd0a481d73bd SpanID: 326649439d110ba9 [execute][Order Status Wrong]\n',
      ),
    ).toBe('[execute][Order Status Wrong]');
  });

  it('leaves other texts alone, and shortens long ones', () => {
    expect(errorText('HTTP 503 at 12:00')).toBe('HTTP 503 at 12:00');
    expect(errorText('x'.repeat(400))).toHaveLength(160);
    expect(errorText('')).toBe('');
  });
});
