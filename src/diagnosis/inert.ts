/**
 * Does a model's text only explain? What it says is read by people in a pull request and by an agent in a brief, so a model
 * that obeyed a sentence in a log must not pass it on: no address, no command, no path outside the repository, nobody to
 * be told, no word on how the change is to be judged, no protection to be taken away. Where it goes, it is escaped and
 * fenced anyway; this is the second wall, and in doubt it drops what the first would have shown.
 */
export function isInert(text: string): boolean {
  const seen = text.normalize('NFKC');
  return !INVISIBLE.test(text) && !FOREIGN.test(seen) && !ACTING.some((form) => form.test(seen));
}

/** Zero-width, bidirectional, variation and tag characters: what a person does not see. */
export const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u;

const TOOL = String.raw`(?:npm|pnpm|yarn|bun|pip3?|pipx|gem|go|cargo|apt(?:-get)?|brew|apk|composer)`;
const GUARD = String.raw`(?:auth\w*|access[ _-]?control|permission\w*|valid\w+|verif\w+|signature\w*|tls|ssl|certificate\w*|csrf|cors|encrypt\w+|sandbox\w*|firewall|rate[ _-]?limit\w*|audit\w*|tests?|guard\w*|redact\w+|security)`;
const SECRET = String.raw`(?:tokens?|secrets?|passwords?|credentials?|api[ _-]?keys?|private keys?|environment|env(?:ironment)? var\w*|process\.env|ssh keys?|system prompt)`;

const ACTING: readonly RegExp[] = [
  // Addresses.
  /\b[a-z][a-z0-9+.-]{1,9}:\/\/|\bwww\.|\b(?:mailto|javascript):\S/i,
  /\b[\w-]+\.(?:com|net|org|xyz|ru|cn|biz|example|onion|tk)(?!\.?\w|\()/i,
  /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b\S*\/\S/,
  // Commands.
  /\b(?:curl|wget|nc|ncat|ssh|scp|rsync|chmod|chown|rm|dd|nohup)\s+(?:-\w|[\w.'"]*[/~$@]|\d{3,})/i,
  /\b(?:ba|z|da|k)?sh\s+-[a-z]*c\b|\|\s*(?:ba|z|da)?sh\b|\bpowershell\b|\bcmd(?:\.exe)?\s+\/c\b|\biex\b|\bInvoke-\w+/i,
  /\b(?:sudo|crontab|mkfifo|base64\s+-d|eval\s*\(|child_process|os\.system|subprocess\.\w+|Runtime\.getRuntime)/i,
  new RegExp(String.raw`\b${TOOL}\s+(?:i|install|add|run|exec|get|publish)\s+\S|\bnpx\s+\S`, 'i'),
  /\bgit\s+(?:push|config|reset|checkout|remote|clone|commit|filter-branch)\b|\b(?:docker|kubectl|terraform|aws|gcloud)\s+(?:run|exec|apply|delete|s3|iam|auth)\b/i,
  /\$\([^)]|&&\s*\w|;\s*(?:rm|curl|wget|cat)\b|\b(?:DROP|TRUNCATE)\s+(?:TABLE|DATABASE)\b|\bDELETE\s+FROM\b/i,
  // Paths outside of the repository, and those that steer its tools.
  /(?:^|[\s'"`(=])(?:~\/|\.\.[\\/]|\/(?:etc|root|proc|sys|dev|usr|bin|boot|var\/run)\/|[a-z]:\\)/i,
  /(?:^|[\s'"`(=/])\.(?:git|github|ssh|env|npmrc|netrc|aws|kube|docker|husky|kiro|mcp|claude|cursor|vscode)\b/i,
  /\b(?:AGENTS|CLAUDE|GEMINI)\.md\b|\bauthorized_keys\b|\bid_rsa\b|\.bashrc\b|\.zshrc\b/i,
  // Words to a reader, a reviewer or a model.
  /\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instruction|rule|prompt|polic|evidence|guideline|previous|above)/i,
  /\b(?:system|developer)\s+(?:prompt|message|mode|override)\b|\bas an? (?:ai|assistant|language model)\b|\byou (?:are now|must|should now|have to)\b|\bjailbr\w+/i,
  /\b(?:approve|approved|merge|merged|rubber[- ]stamp|sign[- ]off)\b[^.]{0,40}\b(?:pr|pull request|change|immediately|review\w*|security|now|team)\b|\blgtm\b|\bauto[- ]?merge\b/i,
  /\b(?:without|no|skip|bypass|needs? no|not) (?:further |any |a |code |human )*review\b|\breviewers\b|\breviewer:|\bpull request\b/i,
  /\b(?:cc|notify|ping|assign|email|e-mail|contact|call|tell|ask|forward|dm)\b[^.]{0,30}(?:@\w|#\w|\b(?:team|admin|security|support|ceo|slack|everyone|customers)\b)/i,
  /(?:\+\d[\d -]{7,}|\b\d{3}-\d{3,4}-\d{4}\b)/,
  /\b(?:click|open the link|bitcoin|gift cards?)\b/i,
  /\bconfidence\b[^.]{0,20}(?:\d|high|max)|\b(?:verdict|sure)\b\s*[:=]/i,
  // Protection and secrets.
  new RegExp(
    String.raw`\b(?:disable|remove|skip|bypass|turn(?:ing)? off|switch off|comment out|delete|drop|stop|weaken|allow all|relax|ignore)\b[^.]{0,40}\b${GUARD}`,
    'i',
  ),
  /\brejectUnauthorized\s*[:=]\s*false|\bverify\s*=\s*False|NODE_TLS_REJECT_UNAUTHORIZED|InsecureSkipVerify|--no-verify|\b0?777\b|Access-Control-Allow-Origin/i,
  new RegExp(
    String.raw`\b(?:print|reveal|expose|send|post|upload|exfiltrate|leak|dump|commit|paste|hard-?code)\b[^.]{0,40}\b${SECRET}`,
    'i',
  ),
  /\b(?:back ?door|root shell|reverse shell|admin user|superuser|keylogger|malware)\b/i,
];

/** Two letters of another script: the prompt asks for English, and the evidence itself quotes what is not. */
const FOREIGN = /(?:(?!\p{Script=Latin})\p{L}\p{M}*){2}/u;
