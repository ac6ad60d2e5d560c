"""Addresses of people, organisations and the inbox, under /account/."""

from django.urls import path

app_name = "accounts"
urlpatterns: list = []
