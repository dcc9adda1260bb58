/** Words that loggers write for levels, in capitals. The last ones are the short forms of Serilog, NLog and .NET's console. */
const LEVELS: ReadonlySet<string> = new Set(
  (
    'TRACE DEBUG INFO INFORMATION NOTICE WARN WARNING ERROR ERR FATAL SEVERE CONFIG FINE FINER FINEST ' +
    'CRITICAL CRIT ALERT EMERG EMERGENCY VERBOSE PANIC VRB DBG INF WRN FTL TRC TRCE DBUG FAIL'
  ).split(' '),
);

/** Level words that in small letters are hardly ever the first word of a sentence. */
const PLAIN: ReadonlySet<string> = new Set('trace debug info warn warning error inf wrn err dbg'.split(' '));

/** Whether a word is one of the level words that loggers write, in any case. */
export function isLevel(word: string): boolean {
  return word.length >= 3 && word.length <= 11 && LEVELS.has(word.toUpperCase());
}

/** Whether a word that stands alone, without a bracket or colon, is a level: `ERROR`, `info`; not the `fail` of `fail to connect`. */
export function isLoneLevel(word: string): boolean {
  if (word.length < 3 || word.length > 11) return false;
  return LEVELS.has(word) || PLAIN.has(word);
}

/** Severities of syslog by number: RFC 5424, section 6.2.1, table 2. */
const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'informational', 'debug'] as const;

/** Facilities of syslog by number: RFC 5424, table 1, by their usual short names; 16..23 are local0..local7. */
const FACILITIES = 'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock'.split(' ');

/** Severity and facility of a PRI value (facility * 8 + severity); undefined when it is above 191. */
export function priorityOf(value: number): { readonly severity: string; readonly facility: string } | undefined {
  if (value > 191) return undefined;
  const facility = value >> 3;
  return { severity: SEVERITIES[value & 7]!, facility: FACILITIES[facility] ?? `local${facility - 16}` };
}
