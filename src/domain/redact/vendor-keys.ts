import { type Mark, START } from './placeholder.ts';

/**
 * Key formats as their vendors document them: a fixed prefix, then enough random characters. The vendors are those of
 * the rule lists of secret scanners (gitleaks, trufflehog) whose keys have a form of their own; keys without one are
 * found by the name of their field or by their randomness.
 */
const FORMS: readonly (readonly [kind: string, ...forms: readonly string[]])[] = [
  ['jwt', 'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*){0,3}'],
  // Clouds and hosting.
  ['aws_key', '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16,}', 'ABSK[A-Za-z0-9+/]{60,}={0,2}'],
  ['aws_key', 'amzn\\.mws\\.[0-9a-f-]{36}'],
  ['google_key', 'AIza[A-Za-z0-9_-]{30,}', 'ya29\\.[A-Za-z0-9_-]{20,}', 'GOCSPX-[A-Za-z0-9_-]{20,}'],
  ['digitalocean_token', 'do[opr]_v1_[a-f0-9]{40,}'],
  ['heroku_key', 'HRKU-[A-Za-z0-9_-]{30,}'],
  ['alibaba_key', 'LTAI[A-Za-z0-9]{17,}'],
  ['cloudflare_key', 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}'],
  ['fly_token', 'fo1_[A-Za-z0-9_-]{30,}', 'fm[12][ar]?_[A-Za-z0-9+/]{60,}={0,2}'],
  ['netlify_token', 'nfp_[A-Za-z0-9_-]{30,}'],
  ['render_key', 'rnd_[A-Za-z0-9]{24,}'],
  ['supabase_key', 'sbp_[a-z0-9_]{30,}', 'sb_secret_[A-Za-z0-9_-]{16,}'],
  ['planetscale_key', 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{16,}'],
  ['tailscale_key', 'tskey-[a-z]+-[A-Za-z0-9-]{16,}'],
  ['pulumi_token', 'pul-[a-f0-9]{40,}'],
  ['doppler_token', 'dp\\.(?:pt|st|ct|scim|audit)\\.[A-Za-z0-9_.-]{30,}'],
  ['vault_token', 'hv[sbr]\\.[A-Za-z0-9_-]{20,}'],
  ['age_key', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'],
  ['onepassword_token', 'ops_eyJ[A-Za-z0-9+/_-]{40,}={0,2}'],
  ['openshift_token', 'sha256~[A-Za-z0-9_-]{40,}'],
  // Code, packages and builds.
  ['github_token', 'gh[pousr]_[A-Za-z0-9]{16,}', 'github_pat_[A-Za-z0-9_]{20,}'],
  ['gitlab_token', 'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|soat|agent|imt|ffct|oas)-[A-Za-z0-9_.-]{16,}'],
  ['gitlab_token', 'GR1348941[A-Za-z0-9_-]{16,}'],
  ['atlassian_token', 'AT(?:ATT|CTT)3[A-Za-z0-9_=-]{40,}', 'ATBB[A-Za-z0-9_=-]{28,}'],
  ['npm_token', 'npm_[A-Za-z0-9]{30,}'],
  ['pypi_token', 'pypi-[A-Za-z0-9_-]{40,}'],
  ['rubygems_key', 'rubygems_[0-9a-f]{40,}'],
  ['nuget_key', 'oy2[a-z0-9]{43}'],
  ['clojars_token', 'CLOJARS_[a-z0-9]{60}'],
  ['docker_token', 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}'],
  ['artifactory_key', 'AKCp[A-Za-z0-9]{60,}'],
  ['sonar_token', 'sq[upa]_[a-f0-9]{40}'],
  ['circleci_token', 'CCIPAT_[A-Za-z0-9_]{30,}'],
  ['buildkite_token', 'bk(?:ua|aj|pt)_[A-Za-z0-9]{30,}'],
  ['postman_key', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'],
  ['readme_key', 'rdme_[a-z0-9]{60,}'],
  // Messages and mail.
  ['slack_token', 'xox[abceoprs]-[A-Za-z0-9-]{10,}', 'xapp-[A-Za-z0-9-]{10,}'],
  ['slack_webhook', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{30,}'],
  ['discord_token', '[MNO][A-Za-z0-9_-]{22,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,}'],
  ['discord_webhook', 'discord(?:app)?\\.com/api/webhooks/[0-9]{10,}/[A-Za-z0-9_-]{40,}'],
  ['telegram_token', '[0-9]{8,10}:A[A-Za-z0-9_-]{32,}'],
  ['twilio_key', 'SK[0-9a-f]{32}'],
  ['sendgrid_key', 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}'],
  ['mailgun_key', '(?:pub)?key-[0-9a-f]{32}'],
  ['brevo_key', 'xkeysib-[a-f0-9]{60,}-[A-Za-z0-9]{16}'],
  // Money and shops.
  ['stripe_key', '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,}', 'whsec_[A-Za-z0-9+/=]{16,}'],
  ['square_key', 'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}', 'EAAA[A-Za-z0-9_-]{56,}'],
  ['shopify_token', 'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32,}'],
  ['shippo_token', 'shippo_(?:live|test)_[a-f0-9]{40}'],
  ['easypost_key', 'EZ[AT]K[A-Za-z0-9]{54}'],
  ['duffel_token', 'duffel_(?:test|live)_[A-Za-z0-9_=-]{40,}'],
  ['flutterwave_key', 'FLW(?:PUBK|SECK)_?(?:TEST|LIVE)?-[A-Za-z0-9]{20,}'],
  ['facebook_token', 'EAA[A-Z][A-Za-z0-9]{80,}'],
  // Models.
  ['model_key', '(?:sk|csk|xai|gsk|pplx|nvapi)[-_][A-Za-z0-9_-]{20,}', 'r8_[A-Za-z0-9]{30,}'],
  ['model_key', 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}', 'pcsk_[A-Za-z0-9_]{40,}'],
  ['kiro_key', 'ksk_[A-Za-z0-9_-]{16,}'],
  ['huggingface_token', '(?:hf|api_org)_[A-Za-z0-9]{30,}'],
  ['databricks_token', 'dapi[a-f0-9]{32}(?:-[0-9])?'],
  // Watching and planning.
  ['grafana_token', 'gl(?:sa|c)_[A-Za-z0-9_=+/-]{20,}'],
  ['newrelic_key', 'NR(?:AK|II|JS|RA|IQ)-[A-Za-z0-9_-]{19,}'],
  ['sentry_token', 'sntry[su]_[A-Za-z0-9+/=_-]{40,}'],
  ['dynatrace_token', 'dt0[a-z][0-9]{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['launchdarkly_key', '(?:sdk|mob|api)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'],
  ['linear_key', 'lin_(?:api|oauth)_[A-Za-z0-9]{30,}'],
  ['notion_token', 'ntn_[A-Za-z0-9]{40,}', 'secret_[A-Za-z0-9]{43}'],
  ['airtable_token', 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}'],
  ['figma_token', 'fig[du]_[A-Za-z0-9_-]{36,}'],
  ['contentful_token', 'CFPAT-[A-Za-z0-9_-]{40,}'],
  ['dropbox_token', 'sl\\.(?:u\\.)?[A-Za-z0-9_-]{100,}'],
  ['mapbox_token', '[pst]k\\.eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{10,}'],
  ['typeform_token', 'tfp_[A-Za-z0-9_.-]{40,}'],
];

/** Keys that are known by what stands within them: looked for only where it does, since any word may begin one. */
const INNER: typeof FORMS = [
  ['azure_secret', '[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,}', '[A-Za-z0-9]{70,}AZDO[A-Za-z0-9]{4}'],
  ['terraform_token', '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{30,}'],
  ['teams_webhook', '[a-z0-9-]{1,63}\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{60,}'],
  ['mailchimp_key', '[0-9a-f]{32}-us[0-9]{1,2}'],
];
const HAS_INNER = /Q~|AZDO|\.atlasv1\.|\.webhook\.|-us[0-9]/;

const VENDORS = kindsOf(FORMS);
const KEY = patternOf(FORMS);
const INNER_VENDORS = kindsOf(INNER);
const INNER_KEY = patternOf(INNER);

/** How many kinds of keys are told by their form. */
export const VENDOR_COUNT = new Set(FORMS.map(([kind]) => kind)).size;

/** Keys that tell by themselves whose they are. */
export function redactVendorKeys(text: string, mark: Mark): string {
  const out = replaced(text, KEY, VENDORS, mark);
  return HAS_INNER.test(out) ? replaced(out, INNER_KEY, INNER_VENDORS, mark) : out;
}

function replaced(text: string, pattern: RegExp, kinds: readonly string[], mark: Mark): string {
  return text.replace(pattern, (key: string, ...groups: readonly unknown[]) => {
    const which = groups.findIndex((group) => typeof group === 'string');
    return mark(kinds[which] ?? 'key', key);
  });
}

/** The kind of each form: the number of its group in the pattern, less one. */
function kindsOf(forms: typeof FORMS): readonly string[] {
  return forms.flatMap(([kind, ...of]) => of.map(() => kind));
}

function patternOf(forms: typeof FORMS): RegExp {
  const all = forms.flatMap(([, ...of]) => of.map((form) => `(${form})`));
  return new RegExp(`${START}(?:${all.join('|')})`, 'g');
}
