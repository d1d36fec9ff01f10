"""Addresses of the desk: a writer's pieces, and everything they can do to one."""

from django.urls import path

from blog.writing import (
    acts,
    begin,
    byline,
    co_authors,
    correcting,
    merging,
    notes,
    paper,
    pieces,
    proof,
    versions,
    word_file,
)

app_name = "writing"

urlpatterns = [
    path("", pieces.pieces, name="pieces"),
    path("begin/", begin.begin, name="begin"),
    path("<int:pk>/", paper.piece, name="piece"),
    path("<int:pk>/autosave/", paper.autosave, name="autosave"),
    path("<int:pk>/pictures/", paper.pictures, name="pictures"),
    path("<int:pk>/submit/", paper.submit, name="submit"),
    path("<int:pk>/byline/", byline.byline, name="byline"),
    path("<int:pk>/co-authors/", co_authors.names, name="co_authors"),
    path("<int:pk>/co-authors/order/", co_authors.order, name="co_author_order"),
    path("<int:pk>/co-authors/leave/", co_authors.leave, name="co_author_leave"),
    path("<int:pk>/co-authors/<int:invitation>/<slug:what>/", co_authors.act, name="co_author_act"),
    path("<int:pk>/proof/", proof.proof, name="proof"),
    path("<int:pk>/proof/sign-off/", proof.sign_off, name="sign_off"),
    path("<int:pk>/proof/correction/", correcting.ask_for_correction, name="ask_for_correction"),
    path("<int:pk>/propose/", correcting.propose, name="propose"),
    path("<int:pk>/take-back/", acts.take_back, name="take_back"),
    path("<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("<int:pk>/notes/<int:note_pk>/<str:act>/", notes.note_act, name="note_act"),
    path("<int:pk>/say/", acts.say, name="say"),
    path("<int:pk>/versions/", versions.versions, name="versions"),
    path("<int:pk>/versions/<int:revision>/", versions.version, name="version"),
    path("<int:pk>/compare/<int:old>/<int:new>/", versions.compare, name="compare"),
    path("<int:pk>/use/<int:revision>/", versions.use, name="use"),
    path("<int:pk>/merge/<int:revision>/", merging.merge, name="merge"),
    path("<int:pk>/word/", word_file.word_file, name="word_file"),
]
