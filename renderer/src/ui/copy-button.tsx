import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

const SHOWN_MS = 1600;

function useCopy(text: () => string): readonly ['idle' | 'copied' | 'failed', () => void] {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = window.setTimeout(() => setState('idle'), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(text()).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return [state, copy];
}

/** Copies text to the clipboard; an icon only. */
export function CopyIcon({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [state, copy] = useCopy(text);
  const name = state === 'copied' ? 'Copied' : state === 'failed' ? 'The clipboard refused' : label;
  return (
    <IconButton label={name} size="small" onClick={copy}>
      {state === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    </IconButton>
  );
}

/** Copies text to the clipboard; a button with words that says what happened. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [state, copy] = useCopy(text);
  return (
    <Button onClick={copy} style={{ minWidth: `${label.length * 0.62 + 2}em` }}>
      {state === 'copied' ? 'Copied' : state === 'failed' ? 'Clipboard refused' : label}
    </Button>
  );
}
