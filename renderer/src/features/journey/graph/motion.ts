/** How long a move of the view takes in ms: long enough to follow with the eye, none where motion is not wanted. */
export function motionMs(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120;
}
