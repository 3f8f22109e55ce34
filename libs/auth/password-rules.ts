const SHORTEST = 12;
const LONGEST = 200;

/** Fewer characters than this, beside words that are known of the person, are not enough. */
const FEWEST_OF_ONES_OWN = 4;
/** Shorter words are parts of too many others. */
const SHORTEST_WORD = 3;

/**
 * What stands against a new password, as an end to a sentence about it; undefined when nothing does. After NIST SP 800-63B,
 * 5.1.1.2: length counts, any character may be used, nothing is asked of the mixture; what everybody tries first is refused,
 * and what is known of the person, also with a few characters or any digits beside it.
 *
 * @param context addresses and names of the person and of their organization (app.password_context)
 */
export function passwordProblem(password: string, context: readonly string[]): string | undefined {
  if (password.includes('\0') || !password.isWellFormed()) return 'holds a character that cannot be used.';
  const normal = password.normalize('NFKC');
  // As people count: an emoji of several code units is one.
  const characters = Array.from(normal);
  if (characters.length < SHORTEST) return `must have at least ${String(SHORTEST)} characters.`;
  if (characters.length > LONGEST) return `must have at most ${String(LONGEST)} characters.`;
  const plain = folded(normal);
  if (isMadeOf(password, context))
    return 'must not consist of an address or a name of yours or of your organization.';
  if (new Set(characters).size <= 3 || isCommon(plain)) return 'is a commonly used password. Choose another.';
  return undefined;
}

/** Whether hardly anything but digits is left of a password without the words of the context. */
export function isMadeOf(password: string, context: readonly string[]): boolean {
  const plain = folded(password);
  const words = new Set(
    context
      .flatMap((text) => [text, ...text.split('@'), ...text.split(/[^\p{L}\p{N}]+/u)])
      .map(folded)
      .filter((word) => word.length >= SHORTEST_WORD),
  );
  const longestFirst = Array.from(words).sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ''), plain);
  return rest !== plain && rest.replaceAll(/\p{N}/gu, '').length < FEWEST_OF_ONES_OWN;
}

/** Letters and digits only, small. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** A word or a run that everybody tries, perhaps repeated, perhaps with digits behind it. */
function isCommon(plain: string): boolean {
  const stem = plain.replace(/\d+$/, '');
  return (
    [plain, stem].some((text) => COMMON.has(unit(text))) ||
    [plain, stem].some((text) => text.length >= 6 && (new Set(text).size <= 3 || isRun(text)))
  );
}

/** The part of which the text is a repetition: `passwordpassword` is `password` twice. */
function unit(text: string): string {
  const length = (text + text).indexOf(text, 1);
  return text.slice(0, length);
}

/** Neighbours of the alphabet, the digits or the keyboard, forth or back. */
function isRun(text: string): boolean {
  return RUNS.some((run) => run.includes(text));
}

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789'.repeat(3),
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
].flatMap((run) => [run, Array.from(run).reverse().join('')]);

/** The commonest of published lists of leaked passwords, without what follows from the rules above. */
const COMMON: ReadonlySet<string> = new Set(
  `admin administrator adminadmin administration changeit changeme changemenow chocolate computer correcthorsebatterystaple
  defaultpassword dragon football goodmorning hello helloworld iloveyou iloveyouforever internet letmein letmeinnow
  liverpool login master masterkey michael monkey motdepasse mutual mutualmutual mypassword mysecretpassword newpassword
  nopassword passphrase password passwordis passw0rd passwort p4ssword p4ssw0rd pa55word princess qwerty qwertyuiop
  qwerty123 qwe123 q1w2e3r4t5 q1w2e3r4t5y6 asd123 asdf1234 asdfghjkl secret secretpassword sunshine superman superstar
  test testtest testpassword thisismypassword trustno1 trustnoone unknown user username welcome welcomeback whatever
  yourpassword zaq12wsx 1234qwer 123qwe 123abc abc123 a1b2c3d4 a1b2c3d4e5f6 aa12345678 contrasena geheim hallo kennwort
  senha wachtwoord parola haslo letmein123 starwars pokemon basketball baseball monkeymonkey ilovemyfamily`.split(
    /\s+/,
  ),
);
