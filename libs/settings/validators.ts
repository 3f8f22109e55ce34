import { isIP } from 'node:net';
import { ValidateBy, isEmail, type ValidationOptions } from 'class-validator';

/** A URL of one of these schemes, with a host. */
export function IsAddress(schemes: readonly string[], options: ValidationOptions): PropertyDecorator {
  return check('isAddress', options, (text) => {
    const url = parse(text);
    return url !== undefined && schemes.includes(url.protocol.slice(0, -1)) && url.hostname !== '';
  });
}

/** An http or https URL without query and fragment, to which paths can be appended. */
export function IsPublicUrl(options: ValidationOptions): PropertyDecorator {
  return check('isPublicUrl', options, (text) => {
    const url = parse(text);
    return url !== undefined && isWeb(url) && url.search === '' && url.hash === '' && url.username === '';
  });
}

/** What a browser sends as Origin: scheme, host and port, nothing else. */
export function IsOrigin(options: ValidationOptions): PropertyDecorator {
  return check('isOrigin', options, (text) => {
    const url = parse(text);
    return url !== undefined && isWeb(url) && url.origin === text;
  });
}

/** `address@host`, or `Name <address@host>`; a host without a dot, such as localhost, is accepted. */
export function IsSender(options: ValidationOptions): PropertyDecorator {
  return check('isSender', options, (text) => {
    const [, inBrackets] = /^[^<>\r\n]+<([^<>\s]+)>$/.exec(text) ?? [];
    return isEmail(inBrackets ?? text, { require_tld: false });
  });
}

/** A number of proxies from 1, or a list of addresses and networks. */
export function IsProxyTrust(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isProxyTrust',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'number'
            ? value >= 1
            : Array.isArray(value) && value.length > 0 && value.every(isNetwork),
      },
    },
    options,
  );
}

function isNetwork(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function check(
  name: string,
  options: ValidationOptions,
  holds: (text: string) => boolean,
): PropertyDecorator {
  return ValidateBy(
    { name, validator: { validate: (value: unknown) => typeof value === 'string' && holds(value) } },
    options,
  );
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}
