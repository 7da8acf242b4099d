"""
Addresses of the room of accounts: those of the library we need, in Vietnamese, and our own.

The library looks its pages up by its own names, which stand outside the room's name space.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from donghanh.accounts.doors import own, with_mail
from donghanh.accounts.views import entrance, members
from donghanh.accounts.views import own as mine

_OURS = [
    path("dang-nhap", entrance.SignIn.as_view(), name="sign_in"),
    path("dang-xuat", entrance.SignOut.as_view(), name="sign_out"),
    path("loi-moi/<slug:word>/", entrance.accept, name="accept"),
    path("tai-khoan/", mine.overview, name="own"),
    path("tai-khoan/phien/<int:session_id>/ket-thuc", mine.end_session, name="end_session"),
    path("tai-khoan/phien/ket-thuc-het", mine.end_others, name="end_others"),
    path("quan-ly-tai-khoan/", members.listing, name="members"),
    path("quan-ly-tai-khoan/moi", members.invite, name="invite"),
    path("quan-ly-tai-khoan/moi/<int:invitation_id>/thu-hoi", members.withdraw, name="withdraw"),
    path("quan-ly-tai-khoan/<int:user_id>/cap-lai", members.renew, name="renew"),
    path("quan-ly-tai-khoan/<int:user_id>/dong", members.close, name="close"),
]

_THEIRS = [
    path("dang-nhap", entrance.SignIn.as_view(), name="account_login"),
    path("dang-xuat", entrance.SignOut.as_view(), name="account_logout"),
    path("dang-nhap/lop-thu-hai", entrance.SecondFactor.as_view(), name="mfa_authenticate"),
    path("dang-nhap/khoa", entrance.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path(
        "dang-nhap/ma-thu",
        with_mail(entrance.AskCode.as_view()),
        name="account_request_login_code",
    ),
    path(
        "dang-nhap/ma-thu/nhap",
        with_mail(entrance.TypeCode.as_view()),
        name="account_confirm_login_code",
    ),
    path(
        "dang-nhap/quen-mat-khau",
        with_mail(entrance.ForgotPassword.as_view()),
        name="account_reset_password",
    ),
    path(
        "dang-nhap/quen-mat-khau/nhap",
        with_mail(entrance.TypeResetCode.as_view()),
        name="account_confirm_password_reset_code",
    ),
    path(
        "dang-nhap/quen-mat-khau/moi",
        with_mail(entrance.NewPassword.as_view()),
        name="account_complete_password_reset",
    ),
    path(
        "dang-nhap/quen-mat-khau/xong",
        with_mail(entrance.password_is_new),
        name="account_password_reset_completed",
    ),
    path("dang-nhap/qua/<slug:provider_id>", entrance.to_provider, name="openid_connect_login"),
    path(
        "dang-nhap/qua/<slug:provider_id>/tro-ve",
        entrance.from_provider,
        name="openid_connect_callback",
    ),
    path("tai-khoan/mat-khau", own(mine.ChangePassword.as_view()), name="account_change_password"),
    path("tai-khoan/xac-nhan", own(mine.Again.as_view()), name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma", own(mine.AgainByCode.as_view()), name="mfa_reauthenticate"),
    path(
        "tai-khoan/xac-nhan/khoa",
        own(mine.AgainByPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("tai-khoan/lop-thu-hai", own(mine.Factors.as_view()), name="mfa_index"),
    path("tai-khoan/lop-thu-hai/ung-dung", own(mine.AddApp.as_view()), name="mfa_activate_totp"),
    path(
        "tai-khoan/lop-thu-hai/ung-dung/bo",
        own(mine.RemoveApp.as_view()),
        name="mfa_deactivate_totp",
    ),
    path("tai-khoan/lop-thu-hai/khoa", own(mine.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "tai-khoan/lop-thu-hai/khoa/<int:pk>/bo",
        own(mine.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "tai-khoan/lop-thu-hai/ma-du-phong",
        own(mine.ShowCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tai-khoan/lop-thu-hai/ma-du-phong/moi",
        own(mine.NewCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("tai-khoan/phien", mine.sessions, name="usersessions_list"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_OURS, "accounts"))),
    *_THEIRS,
]
