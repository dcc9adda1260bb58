import { create } from 'zustand';

/** What lies over the page. One at a time. */
export type Overlay = 'none' | 'palette' | 'keys';

interface OverlaySlice {
  readonly overlay: Overlay;
  readonly show: (overlay: Overlay) => void;
}

/** Which overlay is open. */
export const useOverlay = create<OverlaySlice>()((set) => ({ overlay: 'none', show: (overlay) => set({ overlay }) }));
