import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsEmpty,
  IsEnum,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { accept, type Dto, fieldsOf, Text } from '../index';

class Depot {
  @IsInt() @Min(1) @Max(9) floor: number;
  @IsString() @Length(2, 300) longName: string;
  @IsOptional() @MinLength(2) @MaxLength(4) short?: string | null;
  @IsOptional() @IsNotEmpty() @IsString() filled?: string;
  @IsOptional() @IsNumber() @Min(-1.5) height?: number | null;
  @IsOptional() @IsBoolean() open?: boolean | null;
  @IsOptional() @IsString() @IsEmail() email?: string | null;
  @IsOptional() @IsIn(['car', 'bus']) kind?: string | null;
  @IsOptional() @IsEnum({ Left: 'left', Right: 'right' }) side?: string | null;
  @IsOptional() @Matches(/^[A-Z]+$/) code?: string | null;
  @IsEmpty() trap?: string | null;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @IsInt({ each: true })
  @Min(1, { each: true })
  bays?: number[];
  @IsOptional() @IsString({ each: true }) @MaxLength(3, { each: true }) tags?: string[] | null;
}
const given = { floor: 3, longName: 'Harbour' };
const problems = (dto: Dto<object>, raw: object) => accept(dto, raw).errors.toMap();

describe('a DTO of decorators of class-validator', () => {
  it('reads JSON and form text like field decorators', () => {
    const raw = {
      floor: '3',
      longName: ` ${'x'.repeat(300)} `,
      short: '',
      filled: 'yes',
      height: '1.25',
      open: '1',
      email: 'ADA@example.org',
      kind: 'bus',
      side: 'left',
      code: 'ABC',
      bays: ['1', 2],
      tags: ['a', 'bcd'],
      unknown: 1,
    };
    const { input, errors } = accept(Depot, raw);
    expect(errors.toMap()).toEqual({});
    expect({ ...input }).toEqual({
      ...raw,
      floor: 3,
      longName: 'x'.repeat(300),
      short: null,
      height: 1.25,
      open: true,
      email: 'ada@example.org',
      bays: [1, 2],
      unknown: undefined,
    });
  });

  it('is required but for what is optional', () => {
    expect(problems(Depot, {})).toEqual({
      floor: ['The floor field is required.'],
      long_name: ['The long name field is required.'],
    });
    expect(problems(Depot, { ...given, filled: null, short: null })).toEqual({
      filled: ['The filled field is required.'],
    });
  });

  it.each<[object, string, string]>([
    [{ floor: 'x' }, 'floor', 'The floor field must be an integer.'],
    [{ floor: 0 }, 'floor', 'The floor field must be at least 1.'],
    [{ floor: 10 }, 'floor', 'The floor field must not be greater than 9.'],
    [{ longName: 'x' }, 'long_name', 'The long name field must be at least 2 characters.'],
    [{ longName: 5 }, 'long_name', 'The long name field must be a string.'],
    [{ longName: 'x'.repeat(301) }, 'long_name', 'The long name field must not be greater than 300 characters.'],
    [{ short: 'x' }, 'short', 'The short field must be at least 2 characters.'],
    [{ short: 'xxxxx' }, 'short', 'The short field must not be greater than 4 characters.'],
    [{ height: -2 }, 'height', 'The height field must be at least -1.5.'],
    [{ height: 'tall' }, 'height', 'The height field must be a number.'],
    [{ open: 'yes' }, 'open', 'The open field must be true or false.'],
    [{ email: 'ada' }, 'email', 'The email field must be a valid email address.'],
    [{ kind: 'boat' }, 'kind', 'The selected kind is invalid.'],
    [{ side: 'up' }, 'side', 'The selected side is invalid.'],
    [{ code: 'abc' }, 'code', 'The code field format is invalid.'],
    [{ trap: 'x' }, 'trap', 'The trap field must be empty.'],
    [{ bays: 1 }, 'bays', 'The bays field must be an array.'],
    [{ bays: [] }, 'bays', 'The bays field must have at least 1 items.'],
    [{ bays: [1, 2, 3] }, 'bays', 'The bays field must not have more than 2 items.'],
    [{ bays: [1, 0] }, 'bays', 'The bays field must be at least 1.'],
    [{ tags: ['a', 'abcd'] }, 'tags', 'The tags field must not be greater than 3 characters.'],
  ])('answers with the texts of the API: %j', (raw, field, text) => {
    expect(problems(Depot, { ...given, ...raw })).toEqual({ [field]: [text] });
  });

  it('is documented', () => {
    const docs = Object.fromEntries([...fieldsOf(Depot)].map(([name, rule]) => [name, rule.docs]));
    expect(docs).toMatchObject({
      floor: { type: 'integer', minimum: 1, maximum: 9 },
      longName: { type: String, minLength: 2, maxLength: 300 },
      code: { pattern: '^[A-Z]+$' },
      kind: { enum: ['car', 'bus'] },
      bays: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1, maxItems: 2 },
      tags: { type: 'array', items: { type: 'string', maxLength: 3 } },
    });
  });

  it('mixes with field decorators, and is inherited', () => {
    class Base {
      @IsInt() number: number;
      @Text() @Length(2, 3) @IsDefined() name?: string;
    }
    class Derived extends Base {
      @IsString() more: string;
    }
    expect(Object.keys(problems(Derived, {})).sort()).toEqual(['more', 'name', 'number']);
    expect(problems(Derived, { number: 1, more: 'x', name: 'xxxx' })).toEqual({
      name: ['The name field must not be greater than 3 characters.'],
    });
  });

  it.each<[string, PropertyDecorator]>([
    ['IsDate', IsDate()],
    ['ValidateNested', ValidateNested()],
    ['ValidateIf', ValidateIf(() => true)],
    ['IsString with options', IsString({ message: 'no' })],
    ['IsInt with options', IsInt({ groups: ['a'] })],
    ['IsNumber with options', IsNumber({ maxDecimalPlaces: 2 })],
    ['IsIn of values that are no texts', IsIn([1, 2])],
    ['IsNotEmpty of items', IsNotEmpty({ each: true })],
  ])('fails with the name of what it cannot honour: %s', (name, decorate) => {
    class Other {
      thing: unknown;
    }
    decorate(Other.prototype, 'thing');
    expect(() => fieldsOf(Other)).toThrow(`Other.thing: ${name} is not honoured here.`);
  });

  it('fails for a type beside a field decorator', () => {
    class Mixed {
      @Text() @IsInt() name: string;
    }
    expect(() => fieldsOf(Mixed)).toThrow('Mixed.name: IsInt beside a field decorator is not honoured here.');
  });

  it('fails without a type, and with two', () => {
    class Untyped {
      @IsArray() list: unknown[];
    }
    class Twice {
      @IsInt() @IsBoolean() field: unknown;
    }
    expect(() => fieldsOf(Untyped)).toThrow('Untyped.list: one decorator of its type');
    expect(() => fieldsOf(Twice)).toThrow('Twice.field: one decorator of its type');
  });
});
