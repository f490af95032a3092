/** A member whose clock is wrong: what its process gets into its environment. */

/** Its time of day is `ms` later than that of others; nothing else of it is. */
export function clockShifted(ms: number): Readonly<Record<string, string>> {
  const code = `const now=Date.now;Date.now=()=>now()+(${ms})`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}
