import { Body, Controller, HttpCode, Inject, Ip, Post, UnauthorizedException } from '@nestjs/common';
import { ClientProxy } from '@nestjs/microservices';
import { IsEmail, IsString } from 'class-validator';
import { map, type Observable } from 'rxjs';
import { Public } from './token.guard';
import { SERVICE } from './writes.gateway';

class LoginDto {
  @IsEmail() email: string;
  @IsString() password: string;
}

@Controller('api/v3/auth')
export class LoginsGateway {
  constructor(@Inject(SERVICE) private readonly client: ClientProxy) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  login(@Body() { email, password }: LoginDto, @Ip() address: string): Observable<object> {
    return this.client.send<object | null>('writes.login', { email, password, address }).pipe(
      map((answer) => {
        if (!answer) throw new UnauthorizedException();
        return answer;
      }),
    );
  }
}
