import type { ReactNode } from 'react';

/** The address of a journey's page inside the app. */
export function journeyHref(type: string, key: string): string {
  return `#/journey/${encodeURIComponent(type)}/${encodeURIComponent(key)}`;
}

/** A link to the journey of a record. */
export function JourneyLink({ type, id, children }: { readonly type: string; readonly id: string; readonly children: ReactNode }) {
  return <a href={journeyHref(type, id)}>{children}</a>;
}
